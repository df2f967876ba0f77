import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { changeBound, clopperPearson, effectiveCommonTexts, effectiveTexts, pairwiseMatch, wilson } from './agreement';

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
      { seed: 1, numRuns: cases(500) },
    );
  });
});

describe("Clopper and Pearson's interval", () => {
  it.each([
    [5, 5, 0.4782, 1],
    [10, 10, 0.6915, 1],
    [9, 10, 0.555, 0.9975],
    [20, 20, 0.8316, 1],
    [992, 1000, 0.9843, 0.9965],
    [0, 10, 0, 0.3085],
  ])('for %i of %i is %f to %f', (k, n, low, high) => {
    expect(clopperPearson(k, n)[0]).toBeCloseTo(low, 4);
    expect(clopperPearson(k, n)[1]).toBeCloseTo(high, 4);
  });

  it('is known in closed form at the ends', () => {
    for (const n of [1, 2, 5, 1000, 100_000]) {
      expect(clopperPearson(n, n)[0]).toBeCloseTo(0.025 ** (1 / n), 11);
      expect(clopperPearson(1, n)[0]).toBeCloseTo(-Math.expm1(Math.log(0.975) / n), 11);
      expect([clopperPearson(0, n)[0], clopperPearson(n, n)[1]]).toEqual([0, 1]);
    }
  });

  const shares = fc
    .integer({ min: 2, max: 300 })
    .chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n)));

  it('ends where the tail of the binomial is one in forty', () => {
    fc.assert(
      fc.property(shares, ([k, n]) => {
        const [low, high] = clopperPearson(k, n);
        expect(tail(k, n, low)).toBeCloseTo(0.025, 9);
        expect(tail(n - k, n, 1 - high)).toBeCloseTo(0.025, 9);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });

  it('contains the share, is symmetric, and stays in order for large numbers', () => {
    fc.assert(
      fc.property(shares, ([k, n]) => {
        const [low, high] = clopperPearson(k, n);
        expect(0 < low && low < k / n && k / n < high && high < 1).toBe(true);
        expect(clopperPearson(n - k, n)[0]).toBeCloseTo(1 - high, 12);
        expect(clopperPearson(k + 1, n)[0]).toBeGreaterThan(low);
      }),
      { seed: 1, numRuns: cases(300) },
    );
    const [low, high] = clopperPearson(500_000, 1_000_000);
    expect([low, high].map((end) => end.toFixed(4))).toEqual(['0.4990', '0.5010']);
  });
});

/** P(X >= k) for X of Binomial(n, p), each term on its own. */
function tail(k: number, n: number, p: number): number {
  let [log, sum] = [n * Math.log1p(-p), 0];
  for (let i = 0; i <= n; i++) {
    if (i >= k) sum += Math.exp(log);
    log += Math.log((n - i) / (i + 1)) + Math.log(p) - Math.log1p(-p);
  }
  return sum;
}

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
      { seed: 1, numRuns: cases(300) },
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
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('the effective number of common texts', () => {
  it.each([
    [[9, 1], 1.2195],
    [[5, 5], 2],
    [[8, 1, 1], 1.5152],
    [[7], 1],
    [[1, 1, 1], 3],
    [[], 0],
  ])('for groups of %j is %f', (sizes, number) => {
    expect(effectiveCommonTexts(sizes)).toBeCloseTo(number, 4);
  });

  it('is at most the effective number of texts', () => {
    fc.assert(
      fc.property(sizesOf, (sizes) => {
        expect(effectiveCommonTexts(sizes)).toBeGreaterThan(1 - 1e-9);
        expect(effectiveCommonTexts(sizes)).toBeLessThan(effectiveTexts(sizes) + 1e-9);
      }),
      { seed: 1, numRuns: cases(300) },
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
