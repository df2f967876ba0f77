import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { maskMessage, maskName } from './mask';

/** Keys that servers without keys are given, or that are words. */
const words = ['any', 'none', 'EMPTY', 'ollama', 'llama', 'llama3', 'fp', 'stop', 'local', 'x', '1', 'lm-studio'];

/** Keys as services give them out, and passphrases: long, and of at least two kinds of characters. */
const telling = fc
  .tuple(
    fc.constantFrom('', 'sk-proj-', 'gsk_', 'AIza'),
    fc.string({ unit: fc.constantFrom(...'abcxyzABCXYZ0189-_.$^('), minLength: 16, maxLength: 60 }),
  )
  .map(([prefix, rest]) => `${prefix}${rest}`)
  .filter((key) => /[a-z]/.test(key) && /[^a-z]/.test(key));
const around = fc.string({ unit: 'binary', maxLength: 40 });

describe('a telling key', () => {
  it('is in no message and no name, wherever it stood', () => {
    fc.assert(
      fc.property(telling, around, around, (key, before, after) => {
        for (const said of [`${before}${key}${after}`, `Incorrect API key provided: ${key}. Bearer ${key}`]) {
          expect(maskMessage(said, key)).not.toContain(key);
          expect(maskName(said, key)).not.toContain(key);
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('does not show a part of itself where a message is cut', () => {
    fc.assert(
      fc.property(telling, fc.nat(4100), (key, place) => {
        const said = maskMessage(`${'.'.repeat(place)}${key} ${key}`, key);
        expect(said.length).toBeLessThanOrEqual(500);
        expect(said.replace(/\[?k?e?y?\]?$/, '')).not.toContain(key.slice(0, 8));
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});

describe('a key that is a word', () => {
  it('leaves every name as it came', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), around, around, (key, before, after) => {
        const name = `${before}${key}${after}`;
        expect(maskName(name, key)).toBe(name);
      }),
      { seed: 1, numRuns: cases(500) },
    );
    expect(maskName('fp_ollama', 'ollama')).toBe('fp_ollama');
    expect(maskName('ollama/llama3', 'llama')).toBe('ollama/llama3');
  });

  it.each(words)('leaves a message as it came that only has the word: %s', (key) => {
    for (const said of [
      `${key} is not running`,
      `model '${key}:latest' not found, try pulling it first`,
      `Could not load /models/${key}.gguf: ${key}`,
      'Bearer authentication is required, see https://example.com/docs?page=2',
    ])
      expect(maskMessage(said, key)).toBe(said);
  });

  it.each([
    ['Authorization: Bearer ollama', 'Authorization: Bearer [key]'],
    ['{"authorization": "Bearer ollama"}', '{"authorization": "Bearer [key]"}'],
    ['x-api-key: ollama', 'x-api-key: [key]'],
    ['{"api_key":"ollama"}', '{"api_key":"[key]"}'],
    ['OPENAI_API_KEY=ollama', 'OPENAI_API_KEY=[key]'],
    [
      'Incorrect API key provided: ollama. ollama is not running.',
      'Incorrect API key provided: [key]. ollama is not running.',
    ],
    ["The token 'ollama' has expired.", "The token '[key]' has expired."],
    ['GET https://me:ollama@example.com/v1 failed', 'GET https://[key]@example.com/v1 failed'],
    ['GET http://example.com/v1?api-key=ollama&page=1 failed', 'GET http://example.com/v1?api-key=[key]&page=1 failed'],
  ])('is masked where a credential stands: %s', (said, kept) => {
    expect(maskMessage(said, 'ollama')).toBe(kept);
  });

  it('is no part of another credential, nor the other way round', () => {
    expect(maskMessage('The key ollama3 is unknown to llama.', 'llama')).toBe('The key ollama3 is unknown to llama.');
  });
});

describe('a message', () => {
  it.each([
    'sk-proj-abcDEF123_456-789',
    'sk-proj-********************abcd',
    'xai-0123456789abcdef',
    'gsk_0123456789abcdefABCDEF',
    'AIzaSyA0123456789abcdef',
  ])('does not show another key: %s', (key) => {
    expect(maskMessage(`Upstream refused ${key}.`, 'any')).toBe('Upstream refused [key].');
  });

  it.each(['key_refused', 'the key-value store', 'sk-learn', 'pk_name'])('keeps what has no digit: %s', (said) => {
    expect(maskMessage(said, 'any')).toBe(said);
  });

  it('is masked in time, however long it is', () => {
    const began = performance.now();
    for (const said of ['?key', 'Bearer ', '//', 'key ', 'sk-', '?a-'])
      expect(maskMessage(said.repeat(300_000), 'any').length).toBeLessThanOrEqual(500);
    expect(performance.now() - began).toBeLessThan(2000);
  });
});
