import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changeBound, effectiveTexts, pairwiseMatch, wilson } from './agreement';

const sizesOf = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 8 });
const sum = (sizes: number[]) => sizes.reduce((total, size) => total + size, 0);

describe("Wilson's interval", () => {
  it.each([
    [0, 5, 0, 0.4345],
    [4, 5, 0.3755, 0.9638],
    [5, 5, 0.5655, 1],
    [0, 10, 0, 0.2775],
    [9, 10, 0.5958, 0.9821],
    [10, 10, 0.7225, 1],
    [20, 20, 0.8389, 1],
    [50, 50, 0.9287, 1],
    [992, 1000, 0.9843, 0.9959],
  ])('for %i of %i is %f to %f', (k, n, low, high) => {
    expect(wilson(k, n)[0]).toBeCloseTo(low, 4);
    expect(wilson(k, n)[1]).toBeCloseTo(high, 4);
  });

  it('ends exactly at 0 and 1', () => {
    const counts = Array.from({ length: 200 }, (_, index) => index + 1);
    expect(new Set(counts.map((n) => wilson(0, n)[0]))).toEqual(new Set([0]));
    expect(new Set(counts.map((n) => wilson(n, n)[1]))).toEqual(new Set([1]));
  });

  it('ends where the share lies just on the border of the score test', () => {
    const shares = fc
      .integer({ min: 2, max: 500 })
      .chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n)));
    fc.assert(
      fc.property(shares, ([k, n]) => {
        for (const p of wilson(k, n)) expect((k / n - p) ** 2).toBeCloseTo((1.959964 ** 2 * p * (1 - p)) / n, 10);
        const [low, high] = wilson(k, n);
        expect(0 < low && low < k / n && k / n < high && high < 1).toBe(true);
        expect(wilson(n - k, n)[0]).toBeCloseTo(1 - high, 10);
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('the share of pairs with equal text', () => {
  it.each([
    [[9, 1], 0.8],
    [[5, 5], 0.4444],
    [[8, 1, 1], 0.6222],
    [[7], 1],
    [[1, 1, 1], 0],
  ])('for groups of %j is %f', (sizes, share) => {
    expect(pairwiseMatch(sizes)).toBeCloseTo(share, 4);
  });

  it.each([[[]], [[1]]])('is unknown with fewer than two runs: %j', (sizes) => {
    expect(pairwiseMatch(sizes)).toBeNull();
  });

  it('is what counting the pairs gives', () => {
    fc.assert(
      fc.property(sizesOf, (sizes) => {
        fc.pre(sum(sizes) > 1);
        const texts = sizes.flatMap((size, text) => Array.from({ length: size }, () => text));
        const pairs = texts.flatMap((a, index) => texts.slice(index + 1).map((b) => a === b));
        expect(pairwiseMatch(sizes)).toBeCloseTo(pairs.filter(Boolean).length / pairs.length, 10);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('the effective number of texts', () => {
  it.each([
    [[9, 1], 1.3841],
    [[5, 5], 2],
    [[8, 1, 1], 1.8946],
    [[7], 1],
    [[1, 1, 1], 3],
    [[], 0],
  ])('for groups of %j is %f', (sizes, number) => {
    expect(effectiveTexts(sizes)).toBeCloseTo(number, 4);
  });

  it('lies between one and the number of groups', () => {
    fc.assert(
      fc.property(sizesOf, (sizes) => {
        expect(effectiveTexts(sizes)).toBeGreaterThan(1 - 1e-9);
        expect(effectiveTexts(sizes)).toBeLessThan(sizes.length + 1e-9);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('how often a text may change and still come out equal n times', () => {
  it.each([
    [5, 0.4507],
    [10, 0.2589],
    [20, 0.1391],
    [50, 0.0582],
    [1000, 0.003],
  ])('for %i runs is %f', (n, bound) => {
    expect(changeBound(n)).toBeCloseTo(bound, 4);
  });

  it('leaves one time in twenty', () => {
    for (const n of [1, 2, 5, 60]) expect((1 - changeBound(n)) ** n).toBeCloseTo(0.05, 10);
  });
});
