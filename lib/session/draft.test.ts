import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { exampleRecipe } from '@/lib/recipe/example';
import { fragmentToRecipe, recipeToFragment } from '@/lib/recipe/link';
import { settings, type ValueType } from '@/lib/recipe/parameters';
import { armRequest } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { parseRecipe } from '@/lib/recipe/schema';
import { err, ok } from '@/lib/result';
import { formFaultSentence, recipeProblemSentence } from '@/lib/words/problems';
import { secondSettings, sweepValues, typedSettings } from './any-draft.fixture';
import {
  changeDraft,
  type Draft,
  type DraftChange,
  draftToRecipe,
  hiddenParts,
  isAskedBy,
  readDraft,
  recipeToDraft,
  secondHalf,
} from './draft';
import { type FieldProblem, fieldOf, labelOf } from './problem';
import { fillFrom, noSettings, type Settings, settingsOf, settingsToRequest } from './settings';
import { variations } from './vary';

const empty: Draft = {
  provider: 'seedling',
  settings: { ...noSettings, model: 'seedling-1', prompt: 'Hi' },
  vary: 'nothing',
  values: '',
  other: noSettings,
  runs: '5',
  dispatch: 'parallel',
};

/** Fields of the form and settings of the first column, side by side. */
type Typed = Partial<Omit<Draft, 'settings'>> & Partial<Settings>;

const draft = (typed: Typed = {}): Draft => {
  const isSetting = ([key]: [string, unknown]) => settings.some((setting) => setting.key === key);
  const entries = Object.entries(typed);
  const change: DraftChange = {
    ...Object.fromEntries(entries.filter((entry) => !isSetting(entry))),
    settings: Object.fromEntries(entries.filter(isSetting)),
  };
  return changeDraft(empty, change);
};

const recipeOf = (change: Typed) => recipeFrom(draft(change));

function recipeFrom(typed: Draft): Recipe {
  const read = draftToRecipe(typed);
  if (!read.ok) throw new Error(read.error.fault.kind);
  return read.value;
}

const said = (problem: FieldProblem) => ({
  field: problem.field,
  message: formFaultSentence(problem.fault, labelOf(problem)),
});

const problemOf = (change: Typed) => {
  const read = draftToRecipe(draft(change));
  return read.ok ? null : said(read.error);
};

describe('the form read as a recipe', () => {
  it('asks for what was typed', () => {
    const typed = {
      system: 'Be brief.',
      seed: '74',
      temperature: '0.2',
      top_p: '0.9',
      max_completion_tokens: '60',
      runs: '3',
    };
    expect(recipeOf(typed)).toEqual({
      v: 1,
      provider: 'seedling',
      request: {
        model: 'seedling-1',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
        seed: 74,
        temperature: 0.2,
        top_p: 0.9,
        max_completion_tokens: 60,
      },
      repeats: 3,
    });
  });

  it('leaves empty fields out, and an empty seed is null', () => {
    expect(recipeOf({ temperature: ' ', top_p: '', max_completion_tokens: '' }).request).toEqual({
      model: 'seedling-1',
      messages: [{ role: 'user', content: 'Hi' }],
      seed: null,
    });
  });

  it('keeps zero, which is not empty', () => {
    expect(recipeOf({ seed: '0', temperature: '0', top_p: '0' }).request).toMatchObject({
      seed: 0,
      temperature: 0,
      top_p: 0,
    });
  });

  it('trims figures and the model, but not the prompt', () => {
    const { request } = recipeOf({ model: ' seedling-1 ', seed: ' 74 ', prompt: '  Hi\n' });
    expect(request).toMatchObject({ model: 'seedling-1', seed: 74, messages: [{ content: '  Hi\n' }] });
  });

  it('leaves out a system message of white space', () => {
    expect(recipeOf({ system: ' \n' }).request.messages).toHaveLength(1);
  });

  it('has one arm for each seed beyond what numbers hold, too', () => {
    expect(recipeOf({ vary: 'seed', seed: '9007199254740991', runs: '2' }).arms).toEqual([
      { label: 'seed 9007199254740991', set: { seed: 9007199254740991 } },
      { label: 'seed 9007199254740992', set: { seed: '9007199254740992' } },
    ]);
  });

  it('has one arm for each seed when the seed varies', () => {
    const recipe = recipeOf({ vary: 'seed', seed: '-1', runs: '3' });
    expect(recipe.repeats).toBe(1);
    expect(recipe.arms).toEqual([
      { label: 'seed -1', set: { seed: -1 } },
      { label: 'seed 0', set: { seed: 0 } },
      { label: 'seed 1', set: { seed: 1 } },
    ]);
  });

  it('has an arm for each value of what varies, with its label', () => {
    expect(recipeOf({ vary: 'temperature', values: '0, 0.5, .., 1.5', runs: '3' })).toMatchObject({
      repeats: 3,
      arms: [
        { label: 'T 0', set: { temperature: 0 } },
        { label: 'T 0.5', set: { temperature: 0.5 } },
        { label: 'T 1', set: { temperature: 1 } },
        { label: 'T 1.5', set: { temperature: 1.5 } },
      ],
    });
    expect(recipeOf({ vary: 'top_p', values: '0.1, 1' }).arms).toMatchObject([
      { label: 'top-p 0.1', set: { top_p: 0.1 } },
      { label: 'top-p 1', set: { top_p: 1 } },
    ]);
    expect(recipeOf({ vary: 'model', values: 'a, b,, a' }).arms?.map(({ set }) => set)).toEqual([
      { model: 'a' },
      { model: 'b' },
    ]);
    expect(recipeOf({ vary: 'system', values: 'Be brief.\n\nRhyme.' }).arms?.[1]?.set.messages).toEqual([
      { role: 'system', content: 'Rhyme.' },
      { role: 'user', content: 'Hi' },
    ]);
  });

  it('tests a seed against none', () => {
    expect(recipeOf({ vary: 'seed-test', seed: '74', runs: '4' })).toMatchObject({
      repeats: 4,
      arms: [{ set: { seed: 74 } }, { set: { seed: null } }],
    });
  });

  it('has no arms when nothing varies', () => {
    expect(recipeOf({ seed: '74' })).not.toHaveProperty('arms');
  });
});

describe('logprobs', () => {
  it('are requested for all runs alike, twenty at each token, or not at all', () => {
    expect(recipeOf({ logprobs: 'on' }).request).toMatchObject({ logprobs: true, top_logprobs: 20 });
    expect(recipeOf({ logprobs: '' }).request).not.toHaveProperty('logprobs');
    expect(
      recipeOf({ logprobs: 'on', vary: 'seed', seed: '1' }).arms?.flatMap(({ set }) => Object.keys(set)),
    ).not.toContain('logprobs');
  });

  it('are requested in the number that is typed, and in none without them', () => {
    const asked = recipeOf({ logprobs: 'on', top_logprobs: '5' });
    expect(asked.request).toMatchObject({ logprobs: true, top_logprobs: 5 });
    expect(hiddenParts(asked)).toEqual([]);
    expect(recipeToDraft(asked).settings).toMatchObject({ logprobs: 'on', top_logprobs: '5' });
    expect(recipeToDraft(recipeOf({ logprobs: 'on' })).settings.top_logprobs).toBe('');
    expect(recipeOf({ top_logprobs: '5' }).request).not.toHaveProperty('top_logprobs');
  });

  it.each(['x', '0.5', '-1', '101'])('are not requested in the number %j', (number) => {
    const message = 'Top logprobs must be a whole number from 0 to 100.';
    expect(problemOf({ logprobs: 'on', top_logprobs: number })).toEqual({ field: 'top_logprobs', message });
  });
});

describe('two settings side by side', () => {
  const two = (other: Partial<Settings>, change: Typed = {}): Typed => ({
    vary: 'two',
    other: { ...noSettings, ...other },
    ...change,
  });

  it('are two arms: the form, and what the second column changes', () => {
    const recipe = recipeOf(two({ temperature: '1', seed: ' 7 ' }, { temperature: '0.2', runs: '3' }));
    expect(recipe.request).toMatchObject({ temperature: 0.2, seed: null });
    expect(recipe).toMatchObject({ repeats: 3 });
    expect(recipe.arms).toEqual([
      { label: 'T 0.2, no seed', set: {} },
      { label: 'T 1, seed 7', set: { seed: 7, temperature: 1 } },
    ]);
  });

  it('may differ in the prompt, in the system message, or in both', () => {
    const setOf = (other: Partial<Settings>) => recipeOf(two(other, { system: 'Be brief.' })).arms?.[1]?.set.messages;
    const [brief, hi] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ];
    const [rhyme, bye] = [
      { role: 'system', content: 'Rhyme.' },
      { role: 'user', content: 'Bye' },
    ];
    expect(setOf({ prompt: 'Bye' })).toEqual([brief, bye]);
    expect(setOf({ system: 'Rhyme.' })).toEqual([rhyme, hi]);
    expect(setOf({ prompt: 'Bye', system: 'Rhyme.' })).toEqual([rhyme, bye]);
  });

  it('leave out what is as in the first, however it is written', () => {
    const recipe = recipeOf(two({ temperature: '.20', top_p: '0.5', prompt: 'Hi' }, { temperature: '0.2' }));
    expect(recipe.arms?.[1]?.set).toEqual({ top_p: 0.5 });
  });

  it.each([{}, { prompt: ' \n', temperature: ' ' }, { prompt: 'Hi', model: 'seedling-1' }])(
    'must differ somewhere: %j',
    (other) => {
      expect(problemOf(two(other))).toEqual({
        field: 'other.prompt',
        message: 'Change at least one setting here; one that is left empty is as in the first.',
      });
    },
  );

  it.each([
    ['other.temperature', 'Temperature must be a number from 0 to 100.', { temperature: '100.1' }],
    ['other.top_p', 'Top-p must be a number from 0 to 1.', { top_p: 'half' }],
    [
      'other.max_completion_tokens',
      'Max tokens must be a whole number from 1 to 1000000.',
      { max_completion_tokens: '0' },
    ],
    [
      'other.seed',
      'Seed must be a whole number from -9223372036854775808 to 18446744073709551615, or empty for none.',
      { seed: '1.5' },
    ],
    ['other.model', 'Model must be the name of a model, 1 to 200 characters.', { model: 'm'.repeat(201) }],
    ['other.prompt', 'Prompt may have at most 32000 characters.', { prompt: 'x'.repeat(32_001) }],
    ['other.prompt', 'Prompt may have at most 32000 characters.', { prompt: 'x'.repeat(32_001), system: 'Rhyme.' }],
    ['other.system', 'System message may have at most 32000 characters.', { system: 'x'.repeat(32_001) }],
  ] satisfies [string, string, Partial<Settings>][])('stand beside %s: %s', (field, message, other) => {
    expect(problemOf(two(other))).toEqual({ field, message });
    expect(problemOf(two(other, { system: 'Be brief.' }))).toEqual({ field, message });
  });

  it('blame the first column for what is wrong there, and the runs for their number', () => {
    expect(problemOf(two({ seed: '7' }, { temperature: '300' }))?.field).toBe('temperature');
    expect(problemOf(two({ seed: '7' }, { runs: '501' }))).toEqual({
      field: 'runs',
      message: 'There may be at most 1000 runs in all.',
    });
  });
});

describe('sending both ways', () => {
  it('asks for all at once, and after that for the same one after the other', () => {
    const recipe = recipeOf({ dispatch: 'both', seed: '7' });
    expect(recipe).toEqual(recipeOf({ dispatch: 'parallel', seed: '7' }));
    expect(secondHalf(recipe)).toEqual(recipeOf({ dispatch: 'sequential', seed: '7' }));
  });

  it('is what asked for either half, while one way of sending is not', () => {
    const recipe = recipeOf({ seed: '7' });
    const asked = (dispatch: Draft['dispatch'], experiment: Recipe) =>
      isAskedBy(draft({ dispatch }), recipeOf({ dispatch, seed: '7' }), experiment);
    expect(asked('both', recipe)).toBe(true);
    expect(asked('both', secondHalf(recipe))).toBe(true);
    expect(asked('both', recipeOf({ seed: '8' }))).toBe(false);
    expect(asked('parallel', secondHalf(recipe))).toBe(false);
    expect(asked('sequential', secondHalf(recipe))).toBe(true);
  });
});

describe('what is wrong with the form', () => {
  it.each([
    ['prompt', 'Type a prompt, or pick an example.', { prompt: '' }],
    ['prompt', 'Type a prompt, or pick an example.', { prompt: ' \n' }],
    ['prompt', 'Prompt may have at most 32000 characters.', { prompt: 'x'.repeat(32_001) }],
    ['model', 'Model must be the name of a model, 1 to 200 characters.', { model: ' ' }],
    ['model', 'provider must be the name of a provider.', { provider: '' }],
    ['temperature', 'Temperature must be a number from 0 to 100.', { temperature: '100.1' }],
    ['temperature', 'Temperature must be a number from 0 to 100.', { temperature: '0,2' }],
    ['top_p', 'Top-p must be a number from 0 to 1.', { top_p: '1.5' }],
    ['max_completion_tokens', 'Max tokens must be a whole number from 1 to 1000000.', { max_completion_tokens: '0' }],
    ['max_completion_tokens', 'Max tokens must be a whole number from 1 to 1000000.', { max_completion_tokens: '1.5' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: '' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: '0' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: 'many' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: '1001' }],
    ['seed', 'To vary the seed, give the first one: a whole number.', { seed: '', vary: 'seed' }],
    ['seed', 'To vary the seed, give the first one: a whole number.', { seed: 'abc', vary: 'seed' }],
    ['seed', 'To vary the seed, give one: a whole number.', { seed: '', vary: 'seed-test' }],
    ['values', '“x” is not a number.', { vary: 'temperature', values: '0, x' }],
    ['values', 'Temperature must be a number from 0 to 100.', { vary: 'temperature', values: '0, 300' }],
    ['values', 'Give at least two, by comma.', { vary: 'model', values: 'a' }],
    ['runs', 'There may be at most 1000 runs in all.', { vary: 'temperature', values: '0, 1', runs: '600' }],
  ] satisfies [string, string, Typed][])('stands beside %s: %s', (field, message, change) => {
    expect(problemOf(change)).toEqual({ field, message });
  });

  it.each([
    { seed: '1.5' },
    { seed: 'abc' },
    { seed: '18446744073709551616' },
    { seed: '99999999999999999999999' },
    { seed: '1.5', vary: 'seed' },
    { seed: '18446744073709551615', vary: 'seed' },
  ] satisfies Typed[])('stands beside the seed: %j', (change) => {
    expect(problemOf(change)?.field).toBe('seed');
    expect(problemOf(change)?.message).toMatch(/^Seed must be a whole number/);
  });

  it('stands beside what is typed as JSON with a number that would be rounded', () => {
    const extra_body = '{"random_seed": 9007199254740993}';
    const message =
      'Extra body has a whole number beyond ±9007199254740991, where numbers are no longer exact. A seed of so many digits is, in its own field.';
    expect(problemOf({ extra_body })).toEqual({ field: 'extra_body', message });
    expect(problemOf({ vary: 'two', other: { ...noSettings, extra_body } })).toEqual({
      field: 'other.extra_body',
      message,
    });
    expect(problemOf({ extra_body: '{"a": 9007199254740991, "b": 0.1, "c": "9007199254740993"}' })).toBeNull();
  });

  it('stands beside the system message when that is what is too long', () => {
    expect(problemOf({ system: 'x'.repeat(32_001) })?.field).toBe('system');
  });

  it.each(['', '0', '1.5', 'many', '1001'])('names the limit when %j seeds are asked for', (runs) => {
    const problem = problemOf({ vary: 'seed', seed: '1', runs });
    expect(problem?.field).toBe('runs');
    expect(problem?.message).toContain('100');
  });
});

/** What nobody may type into a field of this kind; whatever is typed as a name, or switched on, is taken. */
const badTexts: Record<ValueType['kind'], string[]> = {
  number: ['x', '0,5', '-1000', '1000', 'Infinity'],
  integer: ['x', '0.5', '-1', '1000001'],
  seed: ['x', '1.5', '18446744073709551616', '-9223372036854775809'],
  choice: ['huge', '5', 'Low'],
  lines: ['a\nb\nc\nd\ne', 'x'.repeat(201)],
  map: ['5', '5:', '5: much', ': 5', '5: 1\n5: 2', '5: 101'],
  object: ['x', '5', '[]', '{"top_k":}'],
  switch: [],
  flag: ['true', 'yes'],
  name: ['m'.repeat(201)],
  text: ['x'.repeat(32_001)],
};

describe.each(settings.filter(({ place }) => place !== 'all'))('a bad $key', ({ key, label, type }) => {
  it.each(badTexts[type.kind])('is called by its label on the page, and by its own name in the API: %j', (text) => {
    const column = { system: key === 'prompt' ? 'Be brief.' : '', [key]: text };
    expect(problemOf(column)).toEqual({ field: key, message: expect.stringContaining(label) });
    const second = { vary: 'two', other: { ...noSettings, [key]: text } } as const;
    expect(problemOf({ ...second, system: 'Be brief.' })).toEqual({
      field: `other.${key}`,
      message: problemOf(column)?.message,
    });
    const asked = parseRecipe({ v: 1, provider: 'x', repeats: 1, request: settingsToRequest(draft(column).settings) });
    const name = type.kind === 'text' ? 'content' : key;
    expect(asked.ok ? '' : recipeProblemSentence(asked.error)).toMatch(new RegExp(`^${name} (must|may) `));
  });
});

describe('the field that a path belongs to', () => {
  it.each([
    ['request.messages.0.content', 'prompt'],
    ['request.messages', 'prompt'],
    ['request.model', 'model'],
    ['provider', 'model'],
    ['request.seed', 'seed'],
    ['arms.12.set.seed', 'seed'],
    ['arms', 'runs'],
    ['repeats', 'runs'],
    ['request.temperature', 'temperature'],
    ['request.top_p', 'top_p'],
    ['request.max_completion_tokens', 'max_completion_tokens'],
    ['request.modelling', null],
    ['request.stop', 'stop'],
    ['request.stop.1', 'stop'],
    ['request.logit_bias.50256', 'logit_bias'],
    ['request.top_logprobs', 'top_logprobs'],
    ['title', null],
    [null, null],
  ])('of %s is %s', (param, field) => {
    expect(fieldOf(param)).toBe(field);
  });
});

/** A recipe that the form can make, and others that it cannot. */
const plain: Recipe = {
  v: 1,
  provider: 'seedling',
  request: { model: 'seedling-1', messages: [{ role: 'user', content: 'Hi' }], seed: 7 },
  repeats: 3,
};
const withRequest = (change: Partial<ChatRequest>): Recipe => ({ ...plain, request: { ...plain.request, ...change } });
const messages = (...roles: ChatRequest['messages'][number]['role'][]): Recipe =>
  withRequest({ messages: roles.map((role, index) => ({ role, content: `${role} ${index}` })) });

/** A title has no field, and top_logprobs none without logprobs. */
const unshown: Recipe = { ...withRequest({ top_logprobs: 3 }), title: 'Mine' };

const more: [string, Recipe][] = [
  ['alternatives without logprobs', withRequest({ top_logprobs: 3 })],
  ['a blank stop sequence', withRequest({ stop: [' '] })],
  ['a developer message', messages('developer', 'user')],
  ['several turns', messages('user', 'assistant', 'user')],
  ['a system message after the prompt', messages('user', 'system')],
  ['two system messages', messages('system', 'system', 'user')],
  [
    'arms that vary two settings',
    { ...plain, arms: [{ set: { temperature: 0, top_p: 1 } }, { set: { temperature: 1 } }] },
  ],
  ['arms with several runs each', { ...plain, arms: [{ set: { seed: 7 } }, { set: { seed: 8 } }] }],
  ['seeds that leave some out', { ...plain, repeats: 1, arms: [{ set: { seed: 7 } }, { set: { seed: 9 } }] }],
  ['seeds that begin elsewhere', { ...plain, repeats: 1, arms: [{ set: { seed: 1 } }, { set: { seed: 2 } }] }],
  [
    'a system message of white space',
    withRequest({ messages: [{ role: 'system', content: ' ' }, ...plain.request.messages] }),
  ],
];

describe('what a recipe asks for beyond the form', () => {
  it('is nothing where the seeds are in the arms alone', () => {
    const arms = [1, 2, 3].map((seed) => ({ label: `seed ${seed}`, set: { seed } }));
    const request = { ...plain.request, seed: undefined, temperature: 0.8, max_completion_tokens: 60 };
    const recipe = { ...plain, request, repeats: 1, arms };
    expect(hiddenParts(recipe)).toEqual([]);
    expect(recipeToDraft(recipe)).toMatchObject({
      vary: 'seed',
      runs: '3',
      settings: { seed: '1', temperature: '0.8' },
    });
  });

  it('is the whole conversation, of which the form has what the user says last', () => {
    const recipe = withRequest({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'First?' },
        { role: 'assistant', content: 'Yes.' },
        { role: 'user', content: 'Second?' },
      ],
    });
    expect(recipeToDraft(recipe).settings).toMatchObject({ system: 'Be brief.', prompt: 'Second?' });
    expect(hiddenParts(recipe)).toEqual([{ kind: 'messages', messages: recipe.request.messages }]);
  });

  it('is a parameter that the form has no field for', () => {
    expect(hiddenParts(withRequest({ top_logprobs: 3 }))).toEqual([
      { kind: 'parameter', key: 'top_logprobs', value: 3 },
    ]);
  });

  it('is what varies, if that is no list of values and no pair', () => {
    const arms = [{ label: 'cold', set: { temperature: 0, top_p: 1 } }, { set: { temperature: 1 } }, { set: {} }];
    expect(hiddenParts({ ...plain, arms })).toEqual([{ kind: 'arms', labels: ['cold', '{"temperature":1}', '{}'] }]);
    const two = [{ set: {} }, { provider: 'other', set: {} }, { provider: 'other', set: { temperature: 1 } }];
    const labels = [plain.provider, 'other', 'other {"temperature":1}'];
    expect(hiddenParts({ ...plain, arms: two })).toEqual([{ kind: 'arms', labels }]);
  });

  it.each(more)('is found: %s', (_, recipe) => {
    expect(hiddenParts(recipe)).not.toEqual([]);
  });

  it.each([
    ['what the form can make', plain],
    ['the example', exampleRecipe],
    ['a title, which asks for nothing', { ...plain, title: 'Mine' }],
    ['parallel runs, which are the default', { ...plain, dispatch: 'parallel' }],
    ['no seed', withRequest({ seed: undefined })],
    ['one stop sequence, as text', withRequest({ stop: '\n\n' })],
    ['one stop sequence, as a list', withRequest({ stop: ['END'] })],
    ['several stop sequences', withRequest({ stop: ['END', ' \\n', '\r'] })],
    ['penalties', withRequest({ presence_penalty: 1, frequency_penalty: -0.5 })],
    ['biases', withRequest({ logit_bias: { 5: 10, 50256: -100 } })],
    ['reasoning effort', withRequest({ reasoning_effort: 'low' })],
    ['seeds in a row without labels', { ...plain, repeats: 1, arms: [{ set: { seed: 7 } }, { set: { seed: 8 } }] }],
    ['runs one after the other', { ...plain, dispatch: 'sequential' }],
    ['arms that vary the temperature', { ...plain, arms: [{ set: { temperature: 0 } }, { set: { temperature: 1 } }] }],
    ['arms that vary the model', { ...plain, arms: [{ set: { model: 'a' } }, { set: { model: 'b' } }] }],
    ['with the seed and without', { ...plain, arms: [{ set: { seed: 7 } }, { set: { seed: null } }] }],
    [
      'two arms that differ in several settings',
      { ...plain, arms: [{ set: { temperature: 0 } }, { set: { seed: 8, temperature: 1 } }] },
    ],
    [
      'two arms with settings of their own',
      { ...plain, arms: [{ set: { max_completion_tokens: 9 } }, { set: { max_completion_tokens: 99 } }] },
    ],
    [
      'two prompts',
      {
        ...plain,
        arms: [
          { set: { messages: [{ role: 'user', content: 'Good day' }] } },
          { set: { messages: [{ role: 'user', content: 'Good night' }] } },
        ],
      },
    ],
    ['a single empty arm', { ...plain, repeats: 1, arms: [{ set: {} }] }],
  ] satisfies [string, Recipe][])('is nothing: %s', (_, recipe) => {
    expect(hiddenParts(recipe)).toEqual([]);
  });
});

describe('the form, filled in from a recipe', () => {
  it.each([['the example', exampleRecipe], ['a title', { ...plain, title: 'Mine' }], ...more] satisfies [
    string,
    Recipe,
  ][])('means that very recipe as long as nothing is edited: %s', (_, recipe) => {
    expect(readDraft(recipeToDraft(recipe), recipe)).toEqual(ok(recipe));
  });

  it.each(more)('means what it shows once something is edited: %s', (_, recipe) => {
    const edited = changeDraft(recipeToDraft(recipe), { settings: { prompt: 'Another prompt' } });
    const read = readDraft(edited, recipe);
    expect(read).toEqual(draftToRecipe(edited));
    expect(read.ok && hiddenParts(read.value)).toEqual([]);
  });

  it('means the recipe again when the edit is taken back, in whatever order its fields are', () => {
    const { settings, ...rest } = recipeToDraft(unshown);
    const { prompt, ...others } = settings;
    const edited = { ...rest, settings: { ...others, prompt: `${prompt}!` } };
    expect(readDraft(edited, unshown)).toMatchObject({ ok: true, value: { request: { model: 'seedling-1' } } });
    expect(readDraft({ ...rest, settings: { ...others, prompt } }, unshown)).toEqual(ok(unshown));
  });

  it.each(Object.keys(empty) as (keyof Draft)[])('is edited when its %s is', (field) => {
    const changes: Record<keyof Draft, DraftChange> = {
      provider: { provider: 'other' },
      settings: { settings: { seed: '8' } },
      vary: { vary: 'seed' },
      values: { values: '1' },
      other: { other: { seed: '9' } },
      runs: { runs: '4' },
      dispatch: { dispatch: 'sequential' },
    };
    isEditedBy(changes[field]);
  });

  it.each(settings)('is edited when its $key is', ({ key }) => {
    isEditedBy({ settings: { [key]: '1' } });
  });

  /** What the form has no field for is then no longer asked for. */
  function isEditedBy(change: DraftChange) {
    const edited = changeDraft(recipeToDraft(unshown), change);
    const read = readDraft(edited, unshown);
    expect(read).toEqual(draftToRecipe(edited));
    expect(read.ok ? read.value.title : undefined).toBeUndefined();
  }

  it('says what is wrong once it is edited to be', () => {
    const edited = changeDraft(recipeToDraft(plain), { settings: { prompt: '' } });
    expect(readDraft(edited, plain)).toEqual(err({ field: 'prompt', fault: { kind: 'no-prompt' } }));
  });
});

describe('the way there and back', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
  const drafts: fc.Arbitrary<Draft> = fc.record({
    provider: name,
    settings: typedSettings,
    vary: fc.constantFrom<Draft['vary'][]>('nothing', 'seed'),
    runs: fc.integer({ min: 1, max: 100 }).map(String),
    values: fc.constant(''),
    other: fc.constant(noSettings),
    dispatch: fc.constantFrom<Draft['dispatch'][]>('parallel', 'sequential'),
  });
  const unseeded = drafts.map(
    (each): Draft => ({ ...each, vary: 'nothing', settings: { ...each.settings, seed: '' } }),
  );
  const twos: fc.Arbitrary<Draft> = fc
    .record({ first: drafts, other: secondSettings, runs: fc.integer({ min: 1, max: 50 }).map(String) })
    .map(({ first, other, runs }): Draft => {
      const changed = settingsOf(({ key }) => (other[key] === first.settings[key] ? '' : other[key]));
      return { ...first, vary: 'two', other: changed, runs };
    })
    .filter(({ other }) => settings.some(({ key }) => other[key] !== ''));

  it('gives two settings back as they were typed, and the recipe as well', () => {
    fc.assert(
      fc.property(twos, (typed) => {
        const recipe = recipeFrom(typed);
        expect(recipeToDraft(recipe)).toEqual(typed);
        expect(recipeFrom(recipeToDraft(recipe))).toEqual(recipe);
        expect(hiddenParts(recipe)).toEqual([]);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('runs two settings as they are typed: the second column, filled from the first', () => {
    fc.assert(
      fc.property(twos, (typed) => {
        const recipe = recipeFrom(typed);
        const alone: Draft = { ...typed, vary: 'nothing', other: noSettings };
        const { request } = recipeFrom({ ...alone, settings: fillFrom(typed.settings, typed.other) });
        expect(armRequest(recipe, 0)).toEqual(armRequest(recipeFrom(alone), 0));
        expect(armRequest(recipe, 1)).toEqual(armRequest({ ...recipe, arms: undefined, request }, 0));
        expect(recipe.arms?.[0]?.label).not.toBe('');
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });

  it('gives the form back as it was typed, and the recipe as well', () => {
    fc.assert(
      fc.property(fc.oneof(drafts, unseeded), (typed) => {
        const recipe = recipeFrom(typed);
        expect(recipeToDraft(recipe)).toEqual(typed);
        expect(recipeFrom(recipeToDraft(recipe))).toEqual(recipe);
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });

  it('leads through a link', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(drafts, unseeded, twos), async (typed) => {
        const opened = await fragmentToRecipe(await recipeToFragment(recipeFrom(typed)));
        expect(opened.ok && recipeToDraft(opened.value)).toEqual(typed);
      }),
      { seed: 1, numRuns: cases(100) },
    );
  });

  it.each(variations.filter((vary) => vary !== 'two'))('gives the form back where this varies: %s', (vary) => {
    fc.assert(
      fc.property(drafts, sweepValues(vary), (first, values) => {
        const typed: Draft = { ...first, vary, values, runs: '2' };
        const recipe = recipeFrom(typed);
        expect(recipeToDraft(recipe)).toEqual(typed);
        expect(hiddenParts(recipe)).toEqual([]);
      }),
      { seed: 1, numRuns: cases(30) },
    );
  });

  it('gives back the example that the page opens with', () => {
    expect(recipeFrom(recipeToDraft(exampleRecipe))).toEqual(exampleRecipe);
  });
});
