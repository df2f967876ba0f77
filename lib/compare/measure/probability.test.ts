import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { wholeText } from '@/lib/compare/__fixtures__/texts';
import type { TokenInfo } from '@/lib/run/events';
import { joinProbabilities, tokenOdds } from './probability';

const token = (text: string, probability: number, bytes: number[] | null = null): TokenInfo => ({
  token: text,
  logprob: Math.log(probability),
  bytes,
  top_logprobs: [],
});

describe('the odds of tokens', () => {
  const odds = tokenOdds('the cats sat', [token('the', 1), token(' cat', 0.5), token('s', 0.2), token(' sat', 0.1)]);

  it('are those of all tokens that stand in a place, multiplied', () => {
    expect(odds?.(3, 5)).toBeCloseTo(0.5);
    expect(odds?.(6, 7)).toBeCloseTo(0.5);
    expect(odds?.(3, 8)).toBeCloseTo(0.1);
    expect(odds?.(5, 9)).toBeCloseTo(0.01);
  });

  it('are not known beyond the text', () => {
    expect(odds?.(12, 13)).toBeNull();
  });

  it('recognize a character of several tokens by its bytes', () => {
    const [a, b, c, d] = new TextEncoder().encode('😀');
    const split = tokenOdds('é😀x', [
      token('é', 0.9),
      token('\\xf0\\x9f', 0.5, [a ?? 0, b ?? 0]),
      token('\\x98\\x80', 0.5, [c ?? 0, d ?? 0]),
      token('x', 0.1),
    ]);
    expect(split?.(0, 1)).toBeCloseTo(0.9);
    expect(split?.(1, 2)).toBeCloseTo(0.25);
    expect(split?.(1, 3)).toBeCloseTo(0.25);
    expect(split?.(3, 4)).toBeCloseTo(0.1);
  });

  it('are none if the tokens are not those of the text', () => {
    expect(tokenOdds('the cat', [token('the', 1), token(' dog', 1)])).toBeNull();
    expect(tokenOdds('the cat', [token('the', 1)])).toBeNull();
    expect(tokenOdds('the cat', [])).toBeNull();
  });

  it('stay known where the text was cut off by a stop sequence', () => {
    expect(tokenOdds('the', [token('the', 0.5), token('END', 0.5)])?.(0, 3)).toBeCloseTo(0.5);
  });

  it('are never above 1', () => {
    expect(tokenOdds('x', [{ ...token('x', 1), logprob: 1e-9 }])?.(0, 1)).toBe(1);
  });

  it('cover every unit of a text, and multiply to the odds of all of it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(wholeText, fc.double({ min: 0.2, max: 1, noNaN: true })), { maxLength: 8 }),
        (told) => {
          const text = told.map(([each]) => each).join('');
          const ask = tokenOdds(
            text,
            told.map(([each, probability]) => token(each, probability)),
          );
          let at = 0;
          for (const [each, probability] of told) {
            for (let unit = at; unit < at + each.length; unit++) expect(ask?.(unit, unit + 1)).toBeCloseTo(probability);
            at += each.length;
          }
          const all = told.reduce((product, [each, probability]) => (each === '' ? product : product * probability), 1);
          if (text !== '') expect(ask?.(0, text.length)).toBeCloseTo(all);
        },
      ),
      { seed: 1, numRuns: cases(500) },
    );
  });
});

describe('the probability that several runs report', () => {
  it('is a range, or nothing', () => {
    expect(joinProbabilities([0.41, null, 0.38])).toEqual({ low: 0.38, high: 0.41 });
    expect(joinProbabilities([null])).toBeNull();
  });
});
