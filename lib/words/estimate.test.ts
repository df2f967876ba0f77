import { describe, expect, it } from 'vitest';
import { estimateSentence } from './estimate';

describe('an estimate', () => {
  it.each([
    [{ calls: 1, tokens: null, free: false }, '1 call'],
    [{ calls: 5, tokens: 300, free: true }, '5 calls, at most 300 tokens, free'],
    [{ calls: 1000, tokens: 4_096_000, free: false }, '1000 calls, at most 4,096,000 tokens'],
  ])('of %j is: %s', (estimate, sentence) => {
    expect(estimateSentence(estimate)).toBe(sentence);
  });
});
