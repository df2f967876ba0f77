import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { parseCompletionRequest } from './completion-request';

const least = { model: 'seedling-1', messages: [{ role: 'user', content: 'Hi' }] };

const refusal = (body: unknown) => {
  const parsed = parseCompletionRequest(body);
  if (parsed.ok) throw new Error(`This was accepted: ${JSON.stringify(parsed.value)}`);
  return parsed.error;
};

const accepted = (body: unknown) => {
  const parsed = parseCompletionRequest(body);
  if (!parsed.ok) throw new Error(`This was refused: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
};

describe('parseCompletionRequest', () => {
  it('accepts a minimal request', () => {
    expect(accepted(least)).toEqual(least);
  });

  it('accepts every parameter that Seedling supports', () => {
    const all = {
      model: 'seedling-1',
      messages: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi', name: 'Ada' },
        { role: 'assistant', content: 'Hello!' },
      ],
      seed: -74,
      temperature: 2,
      top_p: 0,
      max_completion_tokens: 7,
      stop: ['a', 'b', 'c', 'd'],
      n: 2,
      frequency_penalty: -2,
      presence_penalty: 2,
      logit_bias: { '300': -100 },
      logprobs: true,
      top_logprobs: 20,
      stream: true,
      stream_options: { include_usage: true, include_obfuscation: false },
      user: 'someone',
    };
    expect(accepted(all)).toEqual(all);
  });

  it('joins the text parts of a message', () => {
    const content = [
      { type: 'text', text: 'Soft' },
      { type: 'text', text: ' rain' },
    ];
    expect(accepted({ ...least, messages: [{ role: 'user', content }] }).messages[0]?.content).toBe('Soft rain');
  });

  it.each([
    'seed',
    'temperature',
    'top_p',
    'max_tokens',
    'max_completion_tokens',
    'stop',
    'n',
    'stream',
    'stream_options',
    'user',
  ])('treats null for %s as absent', (name) => {
    expect(parseCompletionRequest({ ...least, [name]: null }).ok).toBe(true);
  });

  it("accepts null wherever OpenAI's description does, also for parameters that it does not support", () => {
    const nullable = `audio frequency_penalty logit_bias logprobs max_completion_tokens max_tokens metadata modalities
      moderation n prediction presence_penalty prompt_cache_key prompt_cache_retention reasoning_effort
      safety_identifier seed service_tier stop store stream stream_options temperature top_logprobs top_p verbosity`;
    const refused = nullable.split(/\s+/).filter((name) => !parseCompletionRequest({ ...least, [name]: null }).ok);
    expect(refused).toEqual([]);
  });

  it.each([0, -1, 2 ** 31, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    'accepts seed %d',
    (seed) => {
      expect(accepted({ ...least, seed }).seed).toBe(seed);
    },
  );

  it('accepts any seed that the API does, an int64, and the unsigned ones of 64 bits', () => {
    const seeds = [2 ** 53, 2 ** 60, -(2 ** 62), 2n ** 53n + 1n, -(2n ** 63n), 2n ** 64n - 1n];
    expect(seeds.map((seed) => accepted({ ...least, seed }).seed)).toEqual(seeds);
  });

  it.each([
    [2n ** 64n, 'integer_above_max_value', 'Expected a value <= 18446744073709551615, but got 18446744073709551616'],
    [-(2n ** 63n) - 1n, 'integer_below_min_value', 'Expected a value >= -9223372036854775808'],
    ['9223372036854775807', 'invalid_type', 'expected an integer, but got "9223372036854775807" instead.'],
  ])('refuses the seed %s, as the API would', (seed, code, message) => {
    const parsed = parseCompletionRequest({ ...least, seed });
    expect(parsed).toMatchObject({
      ok: false,
      error: { code, param: 'seed', message: expect.stringContaining(message) },
    });
  });

  it('refuses a long number elsewhere', () => {
    expect(parseCompletionRequest({ ...least, metadata: { seed: 2n ** 63n } })).toMatchObject({ ok: false });
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a list', []],
    ['a text', 'hello'],
    ['a number', 7],
  ])('refuses %s as a body', (_, body) => {
    expect(refusal(body)).toEqual({
      message: 'The body of a request must be a JSON object.',
      type: 'invalid_request_error',
      param: null,
      code: null,
    });
  });

  it("asks for a missing model in OpenAI's words", () => {
    expect(refusal({ messages: least.messages })).toEqual({
      message: 'you must provide a model parameter',
      type: 'invalid_request_error',
      param: 'model',
      code: null,
    });
  });

  it.each([
    ['model', 7, 'model'],
    ['messages', undefined, 'messages'],
    ['messages', 'Hi', 'messages'],
    ['messages', [], 'messages'],
    ['messages', ['Hi'], 'messages[0]'],
    ['messages', [{ role: 'robot', content: 'Hi' }], 'messages[0].role'],
    ['messages', [{ role: 'user' }], 'messages[0].content'],
    ['messages', [{ role: 'user', content: 7 }], 'messages[0].content'],
    ['messages', [{ role: 'user', content: [{ type: 'image_url', image_url: { url: 'x' } }] }], 'messages[0].content'],
    ['seed', 1.5, 'seed'],
    ['seed', '74', 'seed'],
    ['seed', 1e300, 'seed'],
    ['temperature', 2.01, 'temperature'],
    ['temperature', -0.1, 'temperature'],
    ['temperature', 'hot', 'temperature'],
    ['top_p', 1.1, 'top_p'],
    ['max_tokens', 0, 'max_tokens'],
    ['max_completion_tokens', 1.5, 'max_completion_tokens'],
    ['stop', '', 'stop'],
    ['stop', ['a', ''], 'stop'],
    ['stop', ['a', 'b', 'c', 'd', 'e'], 'stop'],
    ['n', 129, 'n'],
    ['n', 0, 'n'],
    ['logit_bias', { '300': 101 }, 'logit_bias'],
    ['top_logprobs', 21, 'top_logprobs'],
    ['presence_penalty', -3, 'presence_penalty'],
    ['stream', 'yes', 'stream'],
    ['user', 7, 'user'],
  ])('refuses %s %j and names it', (name, value, param) => {
    const error = refusal({ ...least, [name]: value });
    expect(error.param).toMatch(new RegExp(`^${param.replaceAll(/[.[\]]/g, '\\$&')}`));
    expect(error).toMatchObject({
      type: 'invalid_request_error',
      message: expect.stringContaining(`'${error.param}'`),
    });
  });

  it.each([
    [{ temperature: 3 }, 'temperature', 'integer_above_max_value'],
    [{ temperature: -1 }, 'temperature', 'integer_below_min_value'],
    [{ messages: [] }, 'messages', 'empty_array'],
    [{ tools: [] }, 'tools', 'unsupported_parameter'],
    [{ top_p: 1.5 }, 'top_p', 'decimal_above_max_value'],
    [{ max_tokens: 1, max_completion_tokens: 1 }, 'max_tokens', 'invalid_parameter_combination'],
    [{ top_logprobs: 2 }, 'top_logprobs', null],
    [{ messages: undefined }, 'messages', 'missing_required_parameter'],
    [{ stream: true, stream_options: { nonsense: 1 } }, 'stream_options.nonsense', 'unknown_parameter'],
    [{ temperature: 'hot' }, 'temperature', 'invalid_type'],
  ])('refuses %o with a code for programs', (wrong, param, code) => {
    expect(refusal({ ...least, ...wrong })).toMatchObject({ param, code });
  });

  it.each([
    [
      { messages: Array(2049).fill(least.messages[0]) },
      'messages',
      "Invalid 'messages': expected at most 2048 entries.",
    ],
    [
      { messages: [{ role: 'user', content: 'a'.repeat(131_073) }] },
      'messages',
      'The messages may have at most 131072 characters in all, but have 131073.',
    ],
    [
      { stop: ['a', 'b'.repeat(1001)] },
      'stop',
      "Invalid 'stop': string too long. Expected a string with maximum length 1000, but got a string with length 1001 instead.",
    ],
    [
      { logit_bias: Object.fromEntries(Array.from({ length: 1025 }, (_, id) => [id, 1])) },
      'logit_bias',
      "Invalid 'logit_bias': expected at most 1024 entries.",
    ],
  ])('refuses what is too long and names the limit: %#', (long, param, message) => {
    expect(refusal({ ...least, ...long })).toMatchObject({ param, message });
  });

  it('refuses stream_options without stream', () => {
    expect(refusal({ ...least, stream_options: { include_usage: true } })).toMatchObject({ param: 'stream_options' });
    expect(refusal({ ...least, stream: false, stream_options: {} })).toMatchObject({ param: 'stream_options' });
  });

  it('refuses an unknown parameter by name, also the name of an inherited property', () => {
    expect(refusal({ ...least, colour: 'red' }).message).toBe('Unrecognized request argument supplied: colour');
    expect(refusal(JSON.parse(`{"__proto__":1,${JSON.stringify(least).slice(1)}`)).param).toBe('__proto__');
    expect(refusal({ ...least, constructor: 1 }).param).toBe('constructor');
  });

  it("never throws, and refuses with OpenAI's four keys", () => {
    const nearly = fc.record(
      {
        model: fc.oneof(fc.constant('seedling-1'), fc.anything()),
        messages: fc.oneof(fc.constant(least.messages), fc.anything()),
        seed: fc.oneof(fc.integer(), fc.anything()),
        temperature: fc.oneof(fc.double(), fc.anything()),
        stop: fc.oneof(fc.string(), fc.anything()),
        stream_options: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.anything(), nearly), (body) => {
        const parsed = parseCompletionRequest(body);
        if (parsed.ok) return;
        expect(Object.keys(parsed.error).sort()).toEqual(['code', 'message', 'param', 'type']);
        expect(parsed.error.message).not.toBe('');
        expect(parsed.error.type).toBe('invalid_request_error');
      }),
      { seed: 17, numRuns: cases(3000) },
    );
  });
});
