import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import {
  chosenShare,
  clopperPearson,
  effectiveCommonTexts,
  effectiveTexts,
  equalRunsBound,
  pairwiseMatch,
  wilson,
} from './agreement';

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

/** So many texts, each with this share of the one before it: 1 makes all equally common, 0.1 nearly one text. */
const sharesFalling = (texts: number, ratio: number): number[] => {
  const weights = Array.from({ length: texts }, (_, index) => ratio ** index);
  const all = sum(weights);
  return weights.map((weight) => weight / all);
};

/** One text with this share, and all others seen hardly twice. */
const oneAmongMany = (share: number): number[] => [share, ...sharesFalling(200, 1).map((each) => each * (1 - share))];

const models: [name: string, shares: number[]][] = [
  ['one text', [1]],
  ['one text of 95 %', [0.95, 0.05]],
  ['55 to 45', [0.55, 0.45]],
  ['three texts of a third', sharesFalling(3, 1)],
  ['ten equally common texts', sharesFalling(10, 1)],
  ['two hundred equally common texts', sharesFalling(200, 1)],
  ['texts each half as common as the one before', sharesFalling(20, 0.5)],
  ['texts each a tenth less common than the one before', sharesFalling(60, 0.9)],
  ['one text of 30 % among two hundred', oneAmongMany(0.3)],
  ['one text of 70 % among two hundred', oneAmongMany(0.7)],
];

/** How many of `tries` experiments of n runs give an interval that has the share of the text that came most often. */
function covered(shares: number[], n: number, tries: number, interval: typeof wilson): number {
  const random = xoroshiro128plus(n);
  const ends = shares.map((_, index) => sum(shares.slice(0, index + 1)));
  const known = new Map<number, [number, number]>();
  let hits = 0;
  for (let experiment = 0; experiment < tries; experiment++) {
    const counts = new Map<number, number>();
    for (let run = 0; run < n; run++) {
      const u = uniformFloat64(random);
      const text = Math.max(
        0,
        ends.findIndex((end) => u < end),
      );
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    const [text = 0, k = 1] = [...counts].reduce((most, each) => (each[1] > most[1] ? each : most));
    const [low, high] = known.get(k) ?? interval(k, n);
    known.set(k, [low, high]);
    if (low <= (shares[text] ?? 0) + 1e-12 && (shares[text] ?? 0) <= high + 1e-12) hits++;
  }
  return hits / tries;
}

describe('the interval for a text that came most often', () => {
  it.each([
    [1, 5, 0, 0.7164],
    [2, 5, 0.0025, 0.8534],
    [5, 5, 0.3976, 1],
    [20, 20, 0.8235, 1],
    [55, 60, 0.8114, 0.9724],
  ])('for %i of %i is %f to %f', (k, n, low, high) => {
    expect(chosenShare(k, n)[0]).toBeCloseTo(low, 4);
    expect(chosenShare(k, n)[1]).toBeCloseTo(high, 4);
  });

  const sizes = [3, 4, 5, 8, 10, 20, 50, 100];
  it.each(models)('covers it at least 95 times in 100, drawn from %s, for 3 to 100 runs', (_, shares) => {
    for (const n of sizes) expect(covered(shares, n, cases(4000), chosenShare)).toBeGreaterThanOrEqual(0.95);
  });

  it('is needed: the interval for one share covers a text chosen so far less often', () => {
    expect(covered(sharesFalling(10, 1), 5, 2000, wilson)).toBeLessThan(0.5);
    expect(covered(sharesFalling(200, 1), 5, 2000, wilson)).toBeLessThan(0.05);
  });

  it('contains the share seen and that of one text, and rises with k', () => {
    const shares = fc
      .integer({ min: 2, max: 300 })
      .chain((n) => fc.tuple(fc.integer({ min: 2, max: n }), fc.constant(n)));
    fc.assert(
      fc.property(shares, ([k, n]) => {
        const [low, high] = chosenShare(k, n);
        expect(0 < low && low < k / n && k / n <= high).toBe(true);
        expect(low).toBeLessThan(clopperPearson(k, n)[0]);
        expect(low).toBeGreaterThan(chosenShare(k - 1, n)[0]);
        expect(tail(k, n, low)).toBeCloseTo(0.025 * low, 9);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('what equal runs prove', () => {
  it.each([
    [2, 0.05],
    [3, 0.2236],
    [5, 0.4729],
    [10, 0.7169],
    [20, 0.8541],
    [60, 0.9505],
  ])('of %i runs is a most common text with a share of at least %f', (n, bound) => {
    expect(equalRunsBound(n)).toBeCloseTo(bound, 4);
  });

  it('holds for every model: below the bound, so many equal runs come at most one time in twenty', () => {
    const weights = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(weights, fc.integer({ min: 2, max: 100 }), (some, n) => {
        const shares = some.map((weight) => weight / sum(some));
        fc.pre(Math.max(...shares) < equalRunsBound(n));
        expect(sum(shares.map((share) => share ** n))).toBeLessThanOrEqual(0.05);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });

  it('does not say of two texts, 55 to 45, that five equal runs are one in twenty', () => {
    expect(0.55 ** 5 + 0.45 ** 5).toBeCloseTo(0.0688, 4);
    expect(equalRunsBound(5)).toBeLessThan(0.55);
  });
});
