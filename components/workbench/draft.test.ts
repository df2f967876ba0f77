import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRecipe } from '@/lib/recipe/example';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { countRuns, type Draft, draftToRecipe, fieldOf, hasMore, readDraft, recipeToDraft } from './draft';

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
  dispatch: 'parallel',
  ...change,
});

function recipeOf(change: Partial<Draft>) {
  const read = draftToRecipe(draft(change));
  if (!read.ok) throw new Error(read.problem.message);
  return read.recipe;
}

const problemOf = (change: Partial<Draft>) => {
  const read = draftToRecipe(draft(change));
  return read.ok ? null : read.problem;
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

  it('has no arms when nothing varies', () => {
    expect(recipeOf({ seed: '74' })).not.toHaveProperty('arms');
  });
});

describe('what is wrong with the form', () => {
  it.each([
    ['prompt', 'Type a prompt, or pick an example.', { prompt: '' }],
    ['prompt', 'Type a prompt, or pick an example.', { prompt: ' \n' }],
    ['prompt', 'content may have at most 32000 characters.', { prompt: 'x'.repeat(32_001) }],
    ['model', 'model must be the name of a model, 1 to 200 characters.', { model: ' ' }],
    ['model', 'provider must be the name of a provider.', { provider: '' }],
    ['temperature', 'temperature must be a number from 0 to 2.', { temperature: '2.1' }],
    ['temperature', 'temperature must be a number from 0 to 2.', { temperature: '0,2' }],
    ['topP', 'top_p must be a number from 0 to 1.', { topP: '1.5' }],
    ['maxTokens', 'max_completion_tokens must be a whole number from 1 to 4096.', { maxTokens: '0' }],
    ['maxTokens', 'max_completion_tokens must be a whole number from 1 to 4096.', { maxTokens: '1.5' }],
    ['runs', 'repeats must be a whole number from 1 to 1000.', { runs: '' }],
    ['runs', 'repeats must be a whole number from 1 to 1000.', { runs: '0' }],
    ['runs', 'repeats must be a whole number from 1 to 1000.', { runs: 'many' }],
    ['runs', 'repeats must be a whole number from 1 to 1000.', { runs: '1001' }],
    ['seed', 'To vary the seed, give the first one: a whole number.', { seed: '', vary: 'seed' }],
    ['seed', 'To vary the seed, give the first one: a whole number.', { seed: 'abc', vary: 'seed' }],
    ['seed', 'To vary the seed, give one: a whole number.', { seed: '', vary: 'seed-test' }],
    ['values', '“x” is not a number.', { vary: 'temperature', values: '0, x' }],
    ['values', 'temperature must be a number from 0 to 2.', { vary: 'temperature', values: '0, 3' }],
    ['values', 'Give at least two, by comma.', { vary: 'model', values: 'a' }],
    ['runs', 'arms × repeats may be at most 1000 runs.', { vary: 'temperature', values: '0, 1', runs: '600' }],
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
    expect(problemOf(change)?.message).toMatch(/^seed must be a whole number/);
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
    expect(readDraft(recipeToDraft(recipe), recipe)).toEqual({ ok: true, recipe });
  });

  it.each(more)('means what it shows once something is edited: %s', (_, recipe) => {
    const edited = { ...recipeToDraft(recipe), prompt: 'Another prompt' };
    const read = readDraft(edited, recipe);
    expect(read).toEqual(draftToRecipe(edited));
    expect(read.ok && hasMore(read.recipe)).toBe(false);
  });

  it('means the recipe again when the edit is taken back, in whatever order its fields are', () => {
    const recipe = withRequest({ stop: ['.'] });
    const { prompt, ...rest } = recipeToDraft(recipe);
    expect(readDraft({ ...rest, prompt: `${prompt}!` }, recipe)).toMatchObject({
      ok: true,
      recipe: { request: { model: 'seedling-1' } },
    });
    expect(readDraft({ ...rest, prompt }, recipe)).toEqual({ ok: true, recipe });
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
    };
    const edited: Draft = { ...before, [field]: values[field] ?? `${before[field]}x` };
    const read = readDraft(edited, recipe);
    expect(read).toEqual(draftToRecipe(edited));
    expect(read.ok && read.recipe.request.stop).toBeUndefined();
  });

  it('says what is wrong once it is edited to be', () => {
    const edited = { ...recipeToDraft(plain), prompt: '' };
    expect(readDraft(edited, plain)).toEqual({
      ok: false,
      problem: { field: 'prompt', message: 'Type a prompt, or pick an example.' },
    });
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
    dispatch: fc.constantFrom<Draft['dispatch'][]>('parallel', 'sequential'),
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
