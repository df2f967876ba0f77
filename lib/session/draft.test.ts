import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRecipe } from '@/lib/recipe/example';
import { armRequest } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { err, ok } from '@/lib/result';
import { formFaultSentence } from '@/lib/words/problems';
import {
  countRuns,
  countTokens,
  type Draft,
  draftToRecipe,
  type FieldProblem,
  fieldOf,
  hasMore,
  isAskedBy,
  readDraft,
  recipeToDraft,
  secondHalf,
} from './draft';
import { labelOf } from './problem';
import { fillFrom, noSettings, type Settings, settings } from './settings';

const draft = (change: Partial<Draft> = {}): Draft => ({
  provider: 'seedling',
  model: 'seedling-1',
  prompt: 'Hi',
  system: '',
  seed: '',
  vary: 'nothing',
  values: '',
  runs: '5',
  temperature: '',
  topP: '',
  maxTokens: '',
  other: noSettings,
  dispatch: 'parallel',
  logprobs: false,
  ...change,
});

function recipeOf(change: Partial<Draft>) {
  const read = draftToRecipe(draft(change));
  if (!read.ok) throw new Error(read.error.fault.kind);
  return read.value;
}

const said = (problem: FieldProblem) => ({
  field: problem.field,
  message: formFaultSentence(problem.fault, labelOf(problem)),
});

const problemOf = (change: Partial<Draft>) => {
  const read = draftToRecipe(draft(change));
  return read.ok ? null : said(read.error);
};

describe('the form read as a recipe', () => {
  it('asks for what was typed', () => {
    const typed = { system: 'Be brief.', seed: '74', temperature: '0.2', topP: '0.9', maxTokens: '60', runs: '3' };
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
    expect(recipeOf({ temperature: ' ', topP: '', maxTokens: '' }).request).toEqual({
      model: 'seedling-1',
      messages: [{ role: 'user', content: 'Hi' }],
      seed: null,
    });
  });

  it('keeps zero, which is not empty', () => {
    expect(recipeOf({ seed: '0', temperature: '0', topP: '0' }).request).toMatchObject({
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
    expect(recipeOf({ vary: 'topP', values: '0.1, 1' }).arms).toMatchObject([
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

  it('counts the runs that it asks for', () => {
    expect(countRuns(draft({ runs: '3' }))).toBe(3);
    expect(countRuns(draft({ vary: 'seed', seed: '1', runs: '3' }))).toBe(3);
    expect(countRuns(draft({ vary: 'temperature', values: '0, 1', runs: '3' }))).toBe(6);
    expect(countRuns(draft({ vary: 'seed-test', seed: '1', runs: '3' }))).toBe(6);
    expect(countRuns(draft({ runs: 'x' }))).toBeNull();
  });

  it('counts the runs of two settings, and of both ways of sending', () => {
    expect(countRuns(draft({ vary: 'two', runs: '3' }))).toBe(6);
    expect(countRuns(draft({ dispatch: 'both', runs: '3' }))).toBe(6);
    expect(countRuns(draft({ vary: 'two', dispatch: 'both', runs: '3' }))).toBe(12);
  });

  it('counts the tokens that may come back, if every call has a limit', () => {
    const other = { ...noSettings, maxTokens: '60' };
    expect(countTokens(draft({ runs: '3', maxTokens: '10' }))).toBe(30);
    expect(countTokens(draft({ runs: '3', maxTokens: '10', dispatch: 'both' }))).toBe(60);
    expect(countTokens(draft({ runs: '3', maxTokens: '10', vary: 'two', other }))).toBe(3 * 10 + 3 * 60);
    expect(countTokens(draft({ runs: '3', maxTokens: '10', vary: 'two' }))).toBe(60);
    expect(countTokens(draft({ runs: '3', vary: 'two', other }))).toBeNull();
    expect(countTokens(draft({ runs: '3', maxTokens: '10', other }))).toBe(30);
    for (const maxTokens of ['', 'x', '1.5', '0']) expect(countTokens(draft({ maxTokens }))).toBeNull();
  });

  it('has no arms when nothing varies', () => {
    expect(recipeOf({ seed: '74' })).not.toHaveProperty('arms');
  });
});

describe('logprobs', () => {
  it('are asked of all runs alike, twenty in each place, or not at all', () => {
    expect(recipeOf({ logprobs: true }).request).toMatchObject({ logprobs: true, top_logprobs: 20 });
    expect(recipeOf({ logprobs: false }).request).not.toHaveProperty('logprobs');
    expect(
      recipeOf({ logprobs: true, vary: 'seed', seed: '1' }).arms?.flatMap(({ set }) => Object.keys(set)),
    ).not.toContain('logprobs');
  });

  it('in another number are more than the form can show', () => {
    const asked = recipeOf({ logprobs: true });
    expect(hasMore(asked)).toBe(false);
    expect(hasMore({ ...asked, request: { ...asked.request, top_logprobs: 5 } })).toBe(true);
  });
});

describe('two settings side by side', () => {
  const two = (other: Partial<Settings>, change: Partial<Draft> = {}): Partial<Draft> => ({
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
    const recipe = recipeOf(two({ temperature: '.20', topP: '0.5', prompt: 'Hi' }, { temperature: '0.2' }));
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
    ['other.temperature', 'Temperature must be a number from 0 to 2.', { temperature: '2.1' }],
    ['other.topP', 'Top-p must be a number from 0 to 1.', { topP: 'half' }],
    ['other.maxTokens', 'Max tokens must be a whole number from 1 to 4096.', { maxTokens: '0' }],
    [
      'other.seed',
      'Seed must be a whole number from -9007199254740991 to 9007199254740991, or empty for none.',
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
    expect(problemOf(two({ seed: '7' }, { temperature: '3' }))?.field).toBe('temperature');
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
    ['temperature', 'Temperature must be a number from 0 to 2.', { temperature: '2.1' }],
    ['temperature', 'Temperature must be a number from 0 to 2.', { temperature: '0,2' }],
    ['topP', 'Top-p must be a number from 0 to 1.', { topP: '1.5' }],
    ['maxTokens', 'Max tokens must be a whole number from 1 to 4096.', { maxTokens: '0' }],
    ['maxTokens', 'Max tokens must be a whole number from 1 to 4096.', { maxTokens: '1.5' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: '' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: '0' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: 'many' }],
    ['runs', 'Runs must be a whole number from 1 to 1000.', { runs: '1001' }],
    ['seed', 'To vary the seed, give the first one: a whole number.', { seed: '', vary: 'seed' }],
    ['seed', 'To vary the seed, give the first one: a whole number.', { seed: 'abc', vary: 'seed' }],
    ['seed', 'To vary the seed, give one: a whole number.', { seed: '', vary: 'seed-test' }],
    ['values', '“x” is not a number.', { vary: 'temperature', values: '0, x' }],
    ['values', 'Temperature must be a number from 0 to 2.', { vary: 'temperature', values: '0, 3' }],
    ['values', 'Give at least two, by comma.', { vary: 'model', values: 'a' }],
    ['runs', 'There may be at most 1000 runs in all.', { vary: 'temperature', values: '0, 1', runs: '600' }],
  ] satisfies [string, string, Partial<Draft>][])('stands beside %s: %s', (field, message, change) => {
    expect(problemOf(change)).toEqual({ field, message });
  });

  it.each([
    { seed: '1.5' },
    { seed: 'abc' },
    { seed: '9007199254740993' },
    { seed: '1.5', vary: 'seed' },
    { seed: '9007199254740990', vary: 'seed' },
  ] satisfies Partial<Draft>[])('stands beside the seed: %j', (change) => {
    expect(problemOf(change)?.field).toBe('seed');
    expect(problemOf(change)?.message).toMatch(/^Seed must be a whole number/);
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
    ['request.top_p', 'topP'],
    ['request.max_completion_tokens', 'maxTokens'],
    ['request.modelling', null],
    ['request.stop', null],
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

const more: [string, Recipe][] = [
  ['stop', withRequest({ stop: ['.'] })],
  ['a penalty', withRequest({ presence_penalty: 1 })],
  ['logit_bias', withRequest({ logit_bias: { 5: 10 } })],
  ['reasoning_effort', withRequest({ reasoning_effort: 'low' })],
  ['logprobs', withRequest({ logprobs: true, top_logprobs: 3 })],
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
  it.each(more)('is seen: %s', (_, recipe) => {
    expect(hasMore(recipe)).toBe(true);
  });

  it.each([
    ['what the form can make', plain],
    ['the example', exampleRecipe],
    ['a title, which asks for nothing', { ...plain, title: 'Mine' }],
    ['parallel runs, which are the default', { ...plain, dispatch: 'parallel' }],
    ['no seed', withRequest({ seed: undefined })],
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
  ] satisfies [string, Recipe][])('is not imagined: %s', (_, recipe) => {
    expect(hasMore(recipe)).toBe(false);
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
    const edited = { ...recipeToDraft(recipe), prompt: 'Another prompt' };
    const read = readDraft(edited, recipe);
    expect(read).toEqual(draftToRecipe(edited));
    expect(read.ok && hasMore(read.value)).toBe(false);
  });

  it('means the recipe again when the edit is taken back, in whatever order its fields are', () => {
    const recipe = withRequest({ stop: ['.'] });
    const { prompt, ...rest } = recipeToDraft(recipe);
    expect(readDraft({ ...rest, prompt: `${prompt}!` }, recipe)).toMatchObject({
      ok: true,
      value: { request: { model: 'seedling-1' } },
    });
    expect(readDraft({ ...rest, prompt }, recipe)).toEqual(ok(recipe));
  });

  it.each(Object.keys(draft()) as (keyof Draft)[])('is edited when its %s is', (field) => {
    const recipe = withRequest({ stop: ['.'] });
    const before = recipeToDraft(recipe);
    const values: Partial<Draft> = {
      dispatch: 'sequential',
      vary: 'seed',
      seed: '8',
      runs: '4',
      temperature: '1',
      topP: '1',
      maxTokens: '9',
      other: { ...noSettings, seed: '9' },
    };
    const edited: Draft = { ...before, [field]: values[field] ?? `${before[field]}x` };
    const read = readDraft(edited, recipe);
    expect(read).toEqual(draftToRecipe(edited));
    expect(read.ok && read.value.request.stop).toBeUndefined();
  });

  it('says what is wrong once it is edited to be', () => {
    const edited = { ...recipeToDraft(plain), prompt: '' };
    expect(readDraft(edited, plain)).toEqual(err({ field: 'prompt', fault: { kind: 'no-prompt' } }));
  });
});

describe('the way there and back', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((each) => each.trim() !== '');
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
  const maybe = (number: fc.Arbitrary<number>) => fc.oneof(fc.constant(''), number.map(String));
  const hundredths = (max: number) => fc.integer({ min: 0, max: 100 * max }).map((each) => each / 100);
  const seed = fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1001 }).map(String);
  const drafts: fc.Arbitrary<Draft> = fc.record({
    provider: name,
    model: name,
    prompt: text,
    system: fc.oneof(fc.constant(''), text),
    seed,
    vary: fc.constantFrom<Draft['vary'][]>('nothing', 'seed'),
    runs: fc.integer({ min: 1, max: 100 }).map(String),
    temperature: maybe(hundredths(2)),
    topP: maybe(hundredths(1)),
    maxTokens: maybe(fc.integer({ min: 1, max: 4096 })),
    values: fc.constant(''),
    other: fc.constant(noSettings),
    dispatch: fc.constantFrom<Draft['dispatch'][]>('parallel', 'sequential'),
    logprobs: fc.boolean(),
  });
  const secondColumns: fc.Arbitrary<Settings> = fc.record({
    prompt: fc.oneof(fc.constant(''), text),
    system: fc.oneof(fc.constant(''), text),
    model: fc.oneof(fc.constant(''), name),
    seed: fc.oneof(fc.constant(''), seed),
    temperature: maybe(hundredths(2)),
    topP: maybe(hundredths(1)),
    maxTokens: maybe(fc.integer({ min: 1, max: 4096 })),
  });
  const twos: fc.Arbitrary<Draft> = fc
    .record({ first: drafts, other: secondColumns, runs: fc.integer({ min: 1, max: 50 }).map(String) })
    .map(({ first, other, runs }): Draft => ({ ...first, vary: 'two', other, runs }))
    .filter(({ other, ...first }) => settings.every((each) => other[each] === '' || other[each] !== first[each]))
    .filter(({ other }) => settings.some((each) => other[each] !== ''));

  it('gives two settings back as they were typed, and the recipe, too', () => {
    fc.assert(
      fc.property(twos, (typed) => {
        const recipe = recipeOf(typed);
        expect(recipeToDraft(recipe)).toEqual(typed);
        expect(recipeOf(recipeToDraft(recipe))).toEqual(recipe);
        expect(hasMore(recipe)).toBe(false);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('runs two settings as they are typed: the second column, filled from the first', () => {
    fc.assert(
      fc.property(twos, (typed) => {
        const recipe = recipeOf(typed);
        const alone: Draft = { ...typed, vary: 'nothing', other: noSettings };
        const { request } = recipeOf({ ...alone, ...fillFrom(typed, typed.other) });
        expect(armRequest(recipe, 0)).toEqual(armRequest(recipeOf(alone), 0));
        expect(armRequest(recipe, 1)).toEqual(armRequest({ ...recipe, arms: undefined, request }, 0));
        expect(recipe.arms?.[0]?.label).not.toBe('');
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('gives the form back as it was typed', () => {
    const unseeded = drafts.map((each): Draft => ({ ...each, vary: 'nothing', seed: '' }));
    fc.assert(
      fc.property(fc.oneof(drafts, unseeded), (typed) => {
        expect(recipeToDraft(recipeOf(typed))).toEqual(typed);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it('gives the recipe back, too', () => {
    fc.assert(
      fc.property(drafts, (typed) => {
        const recipe = recipeOf(typed);
        expect(recipeOf(recipeToDraft(recipe))).toEqual(recipe);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('gives back the example that the page opens with', () => {
    expect(recipeOf(recipeToDraft(exampleRecipe))).toEqual(exampleRecipe);
  });
});
