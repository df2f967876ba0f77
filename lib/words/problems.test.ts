import { describe, expect, it } from 'vitest';
import type { FormFault } from '@/lib/recipe/problem';
import { parseRecipe } from '@/lib/recipe/schema';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { formFaultSentence, recipeProblemSentence } from './problems';

/** What the API says of a recipe. */
const problemOf = (input: unknown) => {
  const parsed = parseRecipe(input);
  return parsed.ok ? null : { param: parsed.error.param, message: recipeProblemSentence(parsed.error) };
};
const withRequest = (change: object) => ({ ...aRecipe(), request: { ...aRequest(), ...change } });
const withTop = (change: object) => ({ ...aRecipe(), ...change });
const refusal = (param: string | null, message: string) => ({ param, message });
const arms = (count: number) => Array.from({ length: count }, () => ({ set: {} }));
const user = (content: string) => ({ role: 'user', content });

describe('the API', () => {
  it.each([[null], [undefined], [5], ['text'], [[]], [true]])('says that %j is no recipe', (input) => {
    expect(problemOf(input)).toEqual(refusal(null, 'A recipe must be a JSON object.'));
  });

  it.each([
    ['extra', withTop({ extra: 1 })],
    ['request.n', withRequest({ n: 2 })],
    ['request.messages.1.name', withRequest({ messages: [user('Hi'), { ...user('Hi'), name: 'Ann' }] })],
    ['arms.1.title', withTop({ arms: [{ set: {} }, { set: {}, title: 'x' }] })],
    ['arms.0.set.max_words', withTop({ arms: [{ set: { max_words: 5 } }] })],
  ])('names the unknown field %s by its path', (param, input) => {
    expect(problemOf(input)).toEqual(refusal(param, `Unknown field: ${param}.`));
  });

  it.each([[[]], [[user('')]], [[user(' \n\t')]], [[{ role: 'system', content: 'Be brief.' }]]])(
    'says that the prompt is empty: %j',
    (messages) => {
      const message = 'The prompt is empty: messages needs a user message with some text.';
      expect(problemOf(withRequest({ messages }))).toEqual(refusal('request.messages', message));
    },
  );

  it.each([9007199254740992, -9007199254740992, 1.5, '74', true, Number.NaN, Number.POSITIVE_INFINITY])(
    'says what a seed may be, not %j',
    (seed) => {
      const problem = problemOf(withRequest({ seed }));
      expect(problem?.param).toBe('request.seed');
      expect(problem?.message).toMatch(
        /^seed must be a whole number from -9223372036854775808 to 18446744073709551615\b/,
      );
    },
  );

  it.each([
    ['temperature', 'temperature must be a number from 0 to 100.', 100.1],
    ['temperature', 'temperature must be a number from 0 to 100.', -0.1],
    ['temperature', 'temperature must be a number from 0 to 100.', '1'],
    ['temperature', 'temperature must be a number from 0 to 100.', null],
    ['top_p', 'top_p must be a number from 0 to 1.', 1.01],
    ['max_completion_tokens', 'max_completion_tokens must be a whole number from 1 to 1000000.', 0],
    ['max_completion_tokens', 'max_completion_tokens must be a whole number from 1 to 1000000.', 1_000_001],
    ['max_completion_tokens', 'max_completion_tokens must be a whole number from 1 to 1000000.', 1.5],
    ['frequency_penalty', 'frequency_penalty must be a number from -2 to 2.', 3],
    ['presence_penalty', 'presence_penalty must be a number from -2 to 2.', -3],
    ['top_logprobs', 'top_logprobs must be a whole number from 0 to 100.', 101],
    ['logprobs', 'logprobs must be true or false.', 1],
    ['reasoning_effort', 'reasoning_effort must be one of none, minimal, low, medium, high, xhigh, max.', 'huge'],
    ['model', 'model must be the name of a model, 1 to 200 characters.', ''],
    ['model', 'model must be the name of a model, 1 to 200 characters.', 5],
    ['model', 'model must be the name of a model, 1 to 200 characters.', 'm'.repeat(201)],
    ['messages', 'messages must be a list of { role, content }.', 'Hi'],
    ['messages', 'messages may have at most 32 entries.', Array.from({ length: 33 }, () => user('Hi'))],
    ['stop', 'stop may not be empty text.', ''],
    ['stop', 'stop may have at most 200 characters.', 'x'.repeat(201)],
    ['stop', 'stop must be text, or a list of 1 to 4 texts of at most 200 characters.', 5],
    ['stop', 'stop must be text, or a list of 1 to 4 texts of at most 200 characters.', [...'abcde']],
  ])('names %s of the request: %s', (field, message, value) => {
    expect(problemOf(withRequest({ [field]: value }))).toEqual(refusal(`request.${field}`, message));
  });

  it.each([
    ['0.role', 'role must be one of system, developer, user, assistant.', { role: 'bot', content: 'Hi' }],
    ['0.content', 'content must be text.', { role: 'user' }],
    ['0.content', 'content may have at most 32000 characters.', user('x'.repeat(32_001))],
  ])('names %s of the messages: %s', (path, said, message) => {
    expect(problemOf(withRequest({ messages: [message] }))).toEqual(refusal(`request.messages.${path}`, said));
  });

  it.each([
    ['v', 'v must be 1, the version of recipes that this server knows.', { v: 2 }],
    ['provider', 'provider must be the name of a provider.', { provider: 'https://evil.example' }],
    ['provider', 'provider must be the name of a provider.', { provider: 5 }],
    ['dispatch', 'dispatch must be "parallel" or "sequential".', { dispatch: 'random' }],
    ['title', 'title may have at most 200 characters.', { title: 'x'.repeat(201) }],
    ['arms', 'arms must be a list of { label?, set }, where set holds parameters of the request.', { arms: 5 }],
    ['arms', 'arms may not be an empty list; leave it out if nothing varies.', { arms: [] }],
    ['arms', 'arms may have at most 1000 entries.', { arms: arms(1001) }],
    ['arms.0.label', 'label must be text.', { arms: [{ label: 5, set: {} }] }],
    [
      'arms.1.set.temperature',
      'temperature must be a number from 0 to 100.',
      { arms: [{ set: {} }, { set: { temperature: 300 } }] },
    ],
    ['repeats', 'repeats must be a whole number from 1 to 1000.', { repeats: 0 }],
    ['repeats', 'repeats must be a whole number from 1 to 1000.', { repeats: 1001 }],
    ['repeats', 'repeats must be a whole number from 1 to 1000.', { repeats: '3' }],
    ['repeats', 'arms × repeats may be at most 1000 runs.', { arms: arms(501), repeats: 2 }],
  ])('names %s of the recipe: %s', (param, message, change) => {
    expect(problemOf(withTop(change))).toEqual(refusal(param, message));
  });

  it.each([
    ['request', withTop({ request: 5 })],
    ['request.messages.0', withRequest({ messages: ['Hi'] })],
    ['request.stop', withRequest({ stop: [] })],
    ['request.logit_bias', withRequest({ logit_bias: 5 })],
    ['arms.0', withTop({ arms: [5] })],
    ['arms.0.set', withTop({ arms: [{}] })],
  ])('speaks our words, not those of the schema library: %s', (param, input) => {
    expect(problemOf(input)?.param).toBe(param);
    expect(problemOf(input)?.message).not.toMatch(/Invalid input|expected/);
  });
});

describe('the page', () => {
  it.each([
    ['Type a prompt, or pick an example.', { kind: 'no-prompt' }],
    ['To vary the seed, give the first one: a whole number.', { kind: 'no-seed', first: true }],
    ['To vary the seed, give one: a whole number.', { kind: 'no-seed', first: false }],
    ['Give at least two, by comma.', { kind: 'too-few-values', separator: 'comma' }],
    ['Give at least two, one a line.', { kind: 'too-few-values', separator: 'line' }],
    ['Change at least one setting here; one that is left empty is as in the first.', { kind: 'nothing-differs' }],
    ['There may be at most 1000 runs in all.', { kind: 'too-many-runs', max: 1000 }],
    ['provider must be the name of a provider.', { kind: 'not-a-provider' }],
    ['As the server has it.', { kind: 'quoted', message: 'As the server has it.' }],
    ['“x” is not a number.', { kind: 'not-a-list', fault: { kind: 'not-a-number', text: 'x' } }],
    [
      '“..” must stand between numbers that it leads from and to, as in 1, 2, .., 10.',
      { kind: 'not-a-list', fault: { kind: 'not-a-range', text: '..' } },
    ],
    ['A list may have at most 100 values.', { kind: 'not-a-list', fault: { kind: 'too-many-values', max: 100 } }],
    [
      'This link was made by a newer version of Seedbed. The form was not filled in from it, and it still stands in the address bar.',
      { kind: 'not-opened', fault: { kind: 'newer-link' } },
    ],
    [
      'This link is cut off or damaged. The form was not filled in from it, and it still stands in the address bar. Ask for it again; mail programs sometimes break long links.',
      { kind: 'not-opened', fault: { kind: 'damaged-link' } },
    ],
    ['This is no link to a recipe.', { kind: 'not-opened', fault: { kind: 'not-a-link' } }],
    [
      'The recipe in this link cannot be used: A recipe must be a JSON object. The form was not filled in from it, and it still stands in the address bar.',
      {
        kind: 'not-opened',
        fault: { kind: 'unusable-link', problem: { param: null, fault: { kind: 'not-a-recipe' } } },
      },
    ],
  ] satisfies [string, FormFault][])('says: %s', (sentence, fault) => {
    expect(formFaultSentence(fault, '')).toBe(sentence);
  });

  it.each([
    [
      'Top-p must be a number from 0 to 1.',
      'Top-p',
      { kind: 'out-of-range', field: 'top_p', min: 0, max: 1, whole: false },
    ],
    [
      'Seed must be a whole number from -9 to 9, or empty for none.',
      'Seed',
      { kind: 'not-a-seed', field: 'seed', min: '-9', max: '9' },
    ],
    [
      'Stop sequences may be at most 4, one a line, of at most 200 characters.',
      'Stop sequences',
      { kind: 'not-lines', field: 'stop', maxLines: 4, maxCharacters: 200 },
    ],
    [
      'Logit bias must map token ids to numbers, one a line, as in 50256: -100.',
      'Logit bias',
      { kind: 'not-a-map', field: 'logit_bias' },
    ],
    [
      'Prompt may have at most 32000 characters.',
      'Prompt',
      { kind: 'too-long', field: 'content', maxCharacters: 32000 },
    ],
    [
      'The recipe in this link cannot be used: Runs must be a whole number from 1 to 1000. The form was not filled in from it, and it still stands in the address bar.',
      'Runs',
      {
        kind: 'not-opened',
        fault: {
          kind: 'unusable-link',
          problem: {
            param: 'repeats',
            fault: { kind: 'out-of-range', field: 'repeats', min: 1, max: 1000, whole: true },
          },
        },
      },
    ],
    [
      'Extra body has a whole number beyond ±9007199254740991, where numbers are no longer exact. A seed of so many digits is, in its own field.',
      'Extra body',
      { kind: 'inexact', field: 'extra_body' },
    ],
  ] satisfies [string, string, FormFault][])('calls a field by its label: %s', (sentence, label, fault) => {
    expect(formFaultSentence(fault, label)).toBe(sentence);
  });
});
