import { describe, expect, it } from 'vitest';
import { ok } from '@/lib/result';
import { aRecipe, aRequest } from '@/lib/run/records.fixture';
import { exampleRecipe } from './example';
import { parameters, type ValueType } from './parameters';
import { promptOf } from './recipe';
import { parseRecipe } from './schema';
import { parseWithSeeds } from './seed';

const problemOf = (input: unknown) => {
  const parsed = parseRecipe(input);
  return parsed.ok ? null : parsed.error;
};
const withRequest = (change: object) => ({ ...aRecipe(), request: { ...aRequest(), ...change } });
const withTop = (change: object) => ({ ...aRecipe(), ...change });
const arms = (count: number) => Array.from({ length: count }, () => ({ set: {} }));
/** Values that a parameter of this kind never has. */
const badValues: Record<ValueType['kind'], unknown[]> = {
  number: ['1', null, Number.NaN, 1000, -1000],
  integer: ['1', null, 1.5, 1e6 + 1, -1],
  seed: [
    '7',
    '9007199254740991',
    '09007199254740993',
    '18446744073709551616',
    '-9223372036854775809',
    true,
    1.5,
    2 ** 53,
  ],
  choice: ['huge', '', 5, null],
  lines: [5, null, '', [], [...'abcde'], 'x'.repeat(201)],
  map: [5, null, []],
  object: [5, null, [], { a: 'x'.repeat(8000) }, { a: undefined }, { a: () => 1 }],
  switch: [1, 'true', null],
  flag: [1, 'on', null],
  name: ['', 5],
  text: [5],
};
const user = (content: string) => ({ role: 'user', content });

describe('a parsed recipe', () => {
  it('comes back as it was written', () => {
    const recipe = aRecipe({
      request: {
        model: 'gpt-5-nano',
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
        ],
        seed: -7,
        temperature: 2,
        top_p: 0,
        max_completion_tokens: 4096,
        stop: ['\n', 'END'],
        frequency_penalty: -2,
        presence_penalty: 2,
        logit_bias: { '50256': -100 },
        reasoning_effort: 'none',
        logprobs: true,
        top_logprobs: 20,
      },
      arms: [{ label: 'cold', set: { temperature: 0 } }, { set: { seed: null } }],
      repeats: 50,
      dispatch: 'sequential',
      title: 'Two arms',
    });
    expect(parseRecipe(recipe)).toEqual(ok(recipe));
  });

  it('gets no key that was not there', () => {
    const recipe = aRecipe();
    const parsed = parseRecipe(recipe);
    expect(parsed.ok && Object.keys(parsed.value.request)).toEqual(['model', 'messages']);
    expect(parsed.ok && Object.keys(parsed.value)).toEqual(['v', 'provider', 'request', 'repeats']);
  });

  it('may be the example that the page opens with', () => {
    expect(parseRecipe(exampleRecipe)).toEqual(ok(exampleRecipe));
  });

  it.each([
    ['the largest safe seed', withRequest({ seed: 9007199254740991 })],
    ['the smallest safe seed', withRequest({ seed: -9007199254740991 })],
    ['a seed that no number holds', withRequest({ seed: '18446744073709551615' })],
    ['the smallest seed', withRequest({ seed: '-9223372036854775808' })],
    ['a null seed', withRequest({ seed: null })],
    ['a prompt of 32,000 characters', withRequest({ messages: [user('x'.repeat(32_000))] })],
    ['32 messages', withRequest({ messages: Array.from({ length: 32 }, () => user('Hi')) })],
    ['one stop text', withRequest({ stop: '.' })],
    ['100 repeats', withTop({ repeats: 100 })],
    ['100 arms', withTop({ arms: arms(100) })],
    ['50 arms twice', withTop({ arms: arms(50), repeats: 2 })],
  ])('may hold %s', (_, input) => {
    expect(problemOf(input)).toBeNull();
  });
});

describe('a problem', () => {
  it.each([[null], [undefined], [5], ['text'], [[]], [true]])('says that %j is not a recipe', (input) => {
    expect(problemOf(input)).toEqual({ param: null, fault: { kind: 'not-a-recipe' } });
  });

  it('names an unknown field by its path', () => {
    expect(problemOf(withTop({ arms: [{ set: { max_words: 5 } }] }))).toEqual({
      param: 'arms.0.set.max_words',
      fault: { kind: 'unknown-field', path: 'arms.0.set.max_words' },
    });
  });

  it.each(parameters)('of $key names the first wrong value, in the request and in an arm', ({ key, type }) => {
    for (const bad of badValues[type.kind]) {
      const inRequest = problemOf(withRequest({ [key]: bad }));
      const inArm = problemOf(withTop({ arms: [{ set: {} }, { set: { [key]: bad } }] }));
      expect(inRequest).toMatchObject({ param: `request.${key}`, fault: { field: key } });
      expect(inArm).toEqual({ ...inRequest, param: `arms.1.set.${key}` });
    }
  });

  it('is a number in an extra body that was not exact, with its place', () => {
    const fault = { kind: 'inexact', field: 'extra_body' };
    const extra_body: unknown = JSON.parse('{"a": 1, "options": {"seeds": [9007199254740991, 9007199254740993]}}');
    expect(problemOf(withRequest({ extra_body }))).toEqual({ param: 'request.extra_body.options.seeds.1', fault });
    expect(problemOf(withRequest({ extra_body: parseWithSeeds('{"a": {"seed": 18446744073709551615}}') }))).toEqual({
      ...{ param: 'request.extra_body.a.seed', fault },
    });
    for (const a of [2 ** 53, -(2 ** 53), 1e30])
      expect(problemOf(withRequest({ extra_body: { a } }))).toEqual({ param: 'request.extra_body.a', fault });
  });

  it.each(['seed', 'model', 'stream'])('is that %s stands in an extra body', (key) => {
    const fault = { kind: 'reserved', field: 'extra_body', key };
    expect(problemOf(withRequest({ extra_body: { [key]: 7 } }))).toEqual({ param: 'request.extra_body', fault });
  });

  it.each([
    ['request.temperature', { min: 0, max: 100, whole: false }, { temperature: 100.1 }],
    ['request.top_logprobs', { min: 0, max: 100, whole: true }, { top_logprobs: 101 }],
    ['request.max_completion_tokens', { min: 1, max: 1_000_000, whole: true }, { max_completion_tokens: 0 }],
    ['request.stop.1', { kind: 'empty-text' }, { stop: ['a', ''] }],
    ['request.logit_bias.7', { kind: 'out-of-range', min: -100, max: 100 }, { logit_bias: { 7: 101 } }],
    [
      'request.messages.1.content',
      { kind: 'not-text', field: 'content' },
      { messages: [user('Hi'), { role: 'user' }] },
    ],
    ['request.messages', { kind: 'no-prompt' }, { messages: [user(' ')] }],
    ['request.messages', { kind: 'too-many', field: 'messages', max: 32 }, { messages: Array(33).fill(user('Hi')) }],
  ])('tells the limits at %s: %j', (param, fault, change) => {
    expect(problemOf(withRequest(change))).toMatchObject({ param, fault });
  });

  it('is about the repeats if arms and repeats make too many runs', () => {
    const fault = { kind: 'too-many-runs', max: 1000 };
    expect(problemOf(withTop({ arms: arms(501), repeats: 2 }))).toEqual({ param: 'repeats', fault });
  });
});

describe('promptOf', () => {
  it('is the last message of the user', () => {
    const messages = [
      { role: 'user' as const, content: 'first' },
      { role: 'user' as const, content: 'last' },
      { role: 'assistant' as const, content: 'Well,' },
    ];
    expect(promptOf(aRecipe({ request: aRequest({ messages }) }))).toBe('last');
  });
});
