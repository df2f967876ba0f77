import { describe, expect, it } from 'vitest';
import { aRequest } from '@/lib/run/records.fixture';
import { apiNames, bodyOf, isStreamed, streamingOf } from './body';
import { dialectAt, dialectNames, dialectOf, usualDialect } from './dialect';
import { parameters } from './parameters';
import { isBeyond } from './range';

describe('a dialect', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai'],
    ['https://mine.openai.azure.com/openai/v1/', 'azure'],
    ['https://api.mistral.ai/v1', 'mistral'],
    ['https://openrouter.ai/api/v1', 'openrouter'],
    ['http://localhost:9931/v1', 'llama.cpp'],
    ['http://localhost:11434/v1', 'ollama'],
    ['http://192.168.0.5:1234/v1', 'lmstudio'],
  ] as const)('is known by the address: %s', (baseUrl, name) => {
    expect(dialectAt(baseUrl)).toEqual(dialectOf(name));
  });

  it.each(['http://127.0.0.1:8080/v1', 'https://api.mistral.ai.example.com/v1', 'https://example.com/api.mistral.ai'])(
    'is the usual one elsewhere: %s',
    (baseUrl) => {
      expect(dialectAt(baseUrl)).toEqual(usualDialect);
    },
  );

  it('may differ from another in some of it', () => {
    const own = dialectOf('mistral', { stream: false });
    expect(own).toEqual({ ...dialectOf('mistral'), stream: false });
    expect(dialectOf(undefined, { names: { stop: 'stops' } })).toEqual({ ...usualDialect, names: { stop: 'stops' } });
  });

  it.each(dialectNames)('%s names parameters that there are', (name) => {
    const { names, ranges } = dialectOf(name);
    const keys: string[] = parameters.map(({ key }) => key);
    for (const key of [...Object.keys(names), ...Object.keys(ranges)]) expect(keys).toContain(key);
  });
});

describe('a body', () => {
  const request = aRequest({ seed: '9007199254740993', max_completion_tokens: 60, temperature: 0 });
  const { model, messages } = request;

  it('has a seed to its last digit, and no seed for null', () => {
    expect(bodyOf(request)).toEqual({ ...request, seed: 9007199254740993n });
    expect(bodyOf(aRequest({ seed: null }))).toEqual(aRequest());
  });

  it('calls parameters what the dialect calls them, and knows which names the API does not have', () => {
    const body = bodyOf(request, dialectOf('mistral'));
    expect(body).toEqual({ model, messages, max_tokens: 60, temperature: 0, random_seed: 9007199254740993n });
    expect(Object.keys(body).filter((name) => !apiNames.has(name))).toEqual(['random_seed']);
  });

  it('means what is set under the name itself', () => {
    expect(bodyOf({ ...request, max_tokens: 5 }, dialectOf('ollama'))).toMatchObject({ max_tokens: 5 });
    expect(bodyOf({ ...request, max_tokens: 5 }, dialectOf('ollama'))).not.toHaveProperty('max_completion_tokens');
    const overridden = bodyOf({ ...request, extra_body: { random_seed: 1 } }, dialectOf('mistral'));
    expect(overridden).toMatchObject({ random_seed: 1 });
  });

  it('says nothing of how the answer is wanted', () => {
    const wanted = bodyOf(aRequest({ stream: false, stream_options: {} }));
    expect(wanted).toEqual(aRequest());
  });
});

describe('an answer', () => {
  const usual = { stream: true, stream_options: { include_usage: true } };

  it.each([
    ['unless anybody says otherwise', {}, usualDialect, usual],
    ['without options where they are empty', { stream_options: {} }, usualDialect, { stream: true }],
    [
      'with the options of the request',
      { stream_options: { x: 1 } },
      usualDialect,
      { ...usual, stream_options: { x: 1 } },
    ],
    ['without options where the server wants none', {}, dialectOf('mistral'), { stream: true }],
    ['if the request says so', { stream: true }, dialectOf('unstreamed'), usual],
  ])('is streamed %s', (_, asked, dialect, sent) => {
    const request = aRequest(asked);
    expect(streamingOf(request, dialect)).toEqual(sent);
    expect(isStreamed(request, dialect)).toBe(true);
  });

  it.each([
    ['the request says so', { stream: false, stream_options: { include_usage: true } }, usualDialect],
    ['the server wants it', {}, dialectOf('unstreamed')],
  ])('comes in one piece if %s', (_, asked, dialect) => {
    expect(streamingOf(aRequest(asked), dialect)).toEqual({ stream: false });
  });
});

describe('a range', () => {
  it.each([
    [2, [0, 2], false],
    [2.1, [0, 2], true],
    [-0.1, [0, 2], true],
    ['9223372036854775807', ['-9223372036854775808', '9223372036854775807'], false],
    ['9223372036854775808', ['-9223372036854775808', '9223372036854775807'], true],
    [4294967296, [-1, 4294967295], true],
    ['18446744073709551615', [-1, 4294967295], true],
  ] as const)('of which %j is beyond or not: %j', (value, range, beyond) => {
    expect(isBeyond(value, range)).toBe(beyond);
  });
});
