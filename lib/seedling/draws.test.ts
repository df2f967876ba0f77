import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { drawsOf } from './draws';

function first(count: number, seed: number | bigint, choice?: number): number[] {
  const draws = drawsOf(seed, choice);
  return Array.from({ length: count }, () => draws.next().value);
}
const anySeed = fc.oneof(
  fc.integer({ min: -1000, max: 1000 }),
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }),
);

describe('drawsOf', () => {
  it('gives the same list for the same seed', () => {
    fc.assert(
      fc.property(anySeed, fc.nat({ max: 8 }), (seed, choice) => {
        expect(first(20, seed, choice)).toEqual(first(20, seed, choice));
      }),
      { seed: 6, numRuns: cases(300) },
    );
  });

  it('gives numbers from 0 up to but not including 1', () => {
    fc.assert(
      fc.property(anySeed, (seed) => {
        for (const u of first(50, seed)) {
          expect(u).toBeGreaterThanOrEqual(0);
          expect(u).toBeLessThan(1);
        }
      }),
      { seed: 7, numRuns: cases(300) },
    );
  });

  it('gives different lists for different seeds', () => {
    fc.assert(
      fc.property(anySeed, anySeed, (a, b) => {
        fc.pre(BigInt(a) !== BigInt(b));
        expect(first(3, a)).not.toEqual(first(3, b));
      }),
      { seed: 8, numRuns: cases(2000) },
    );
  });

  it.each([0, -1, 2 ** 31 - 1, 2 ** 32 - 1, -(2 ** 32), Number.MAX_SAFE_INTEGER - 1, Number.MIN_SAFE_INTEGER])(
    'gives a list of its own to %d, to the next seed, and to one 2^32 away',
    (seed) => {
      const lists = [seed, seed + 1, seed > 0 ? seed - 2 ** 32 : seed + 2 ** 32].map((each) => first(5, each));
      expect(new Set(lists.flat()).size).toBe(15);
    },
  );

  it('gives a list of its own to seeds that differ in their last digit, or in their sign, and no more', () => {
    const seeds = [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, -1n, -(2n ** 63n)];
    expect(new Set(seeds.flatMap((seed) => [first(3, seed), first(3, seed, 1)].map(String))).size).toBe(14);
    expect(first(3, 7n)).toEqual(first(3, 7));
    expect(first(3, BigInt(Number.MIN_SAFE_INTEGER))).toEqual(first(3, Number.MIN_SAFE_INTEGER));
  });

  it('gives neighbouring seeds unrelated first draws, as far apart as chance would have them', () => {
    const draws = Array.from({ length: 10_001 }, (_, seed) => first(1, seed - 5000)[0] ?? Number.NaN);
    const mean = draws.reduce((sum, u) => sum + u, 0) / draws.length;
    const steps = draws.slice(1).map((u, at) => Math.abs(u - (draws[at] ?? Number.NaN)));
    const meanStep = steps.reduce((sum, step) => sum + step, 0) / steps.length;
    // Mean 1/2 and mean distance 1/3 of two uniform numbers; the bounds are four standard errors or more.
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(0.012);
    expect(Math.abs(meanStep - 1 / 3)).toBeLessThan(0.012);
  });

  it('spreads the first draws of neighbouring seeds evenly', () => {
    const cells = Array<number>(100).fill(0);
    for (let seed = 0; seed < 10_000; seed++) {
      const cell = Math.floor((first(1, seed)[0] ?? Number.NaN) * 100);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    const chiSquare = cells.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0);
    expect(chiSquare).toBeLessThan(148.2); // the 0.999 quantile for 99 degrees of freedom
  });

  it('gives each choice of a request a list of its own', () => {
    const lists = Array.from({ length: 16 }, (_, choice) => first(5, 74, choice));
    expect(new Set(lists.flat()).size).toBe(80);
    expect(first(5, 74)).toEqual(lists[0]);
  });

  it('reads -0 as 0', () => {
    expect(first(5, -0)).toEqual(first(5, 0));
  });

  it('never changes: a permalink of today must repeat', () => {
    expect(first(3, 74)).toEqual([0.4507150155101983, 0.4361919588265071, 0.8469590541620419]);
    expect(first(3, -1)).toEqual([0.014451365969573193, 0.6108894591791234, 0.389454765938717]);
    expect(first(3, 2 ** 53 - 1, 2)).toEqual([0.023853973529403327, 0.6345191129938005, 0.9756241552203808]);
  });
});
