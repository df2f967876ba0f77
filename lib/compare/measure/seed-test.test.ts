import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { cpuMs } from '@/lib/cpu-time.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { aRequest, failed } from '@/lib/run/records.fixture';
import { halfSeeded, halfSeededCold, halfSeededRuns } from './experiments.fixture';
import { permutationP, seedTest } from './seed-test';

const test = (seeded: string, unseeded: string, of: Recipe = halfSeeded) =>
  seedTest(of, halfSeededRuns(seeded, unseeded));

type Counts = [number, number][];
const countsOf = (seeded: readonly number[], unseeded: readonly number[]): Counts =>
  [...new Set([...seeded, ...unseeded])].map((text) => [
    seeded.filter((other) => other === text).length,
    unseeded.filter((other) => other === text).length,
  ]);

/** The same p by listing every way to deal the runs out; sizes are small enough for whole numbers. */
function bruteForce(seeded: readonly number[], unseeded: readonly number[]): number {
  const all = [...seeded, ...unseeded];
  const [k, m] = [seeded.length, unseeded.length];
  const pairs = (texts: readonly number[]) =>
    texts.flatMap((a, index) => texts.slice(index + 1).map((b) => Number(a === b))).reduce((sum, one) => sum + one, 0);
  const score = (chosen: (place: number) => boolean) =>
    pairs(all.filter((_, place) => chosen(place))) * m * (m - 1) -
    pairs(all.filter((_, place) => !chosen(place))) * k * (k - 1);
  const observed = score((place) => place < k);
  const masks = Array.from({ length: 2 ** all.length }, (_, mask) => mask).filter(
    (mask) => mask.toString(2).replaceAll('0', '').length === k,
  );
  return masks.filter((mask) => score((place) => ((mask >> place) & 1) === 1) >= observed).length / masks.length;
}

const arm = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 5 });

describe('the p-value of a permutation test', () => {
  it('is that of listing every way, in small cases', () => {
    fc.assert(
      fc.property(arm, arm, (seeded, unseeded) => {
        const found = permutationP(countsOf(seeded, unseeded));
        expect(found.method).toBe('exact');
        expect(found.p).toBe(bruteForce(seeded, unseeded));
        expect(found.p).toBeGreaterThan(0);
        expect(found.p).toBeLessThanOrEqual(1);
      }),
      { seed: 1, numRuns: cases(400) },
    );
  });

  it('does not depend on the order of the texts', () => {
    fc.assert(
      fc.property(arm, arm, (seeded, unseeded) => {
        const counts = countsOf(seeded, unseeded);
        expect(permutationP(counts.toReversed())).toEqual(permutationP(counts));
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });

  it('is 1 where all texts are equal, and where all differ', () => {
    expect(permutationP([[5, 5]]).p).toBe(1);
    expect(permutationP(countsOf([1, 2, 3], [4, 5, 6])).p).toBe(1);
  });

  it('is at best one in n choose k', () => {
    expect(permutationP(countsOf([1, 1, 1], [2, 3, 4]))).toEqual({ p: 0.05, method: 'exact', ways: 20 });
    expect(permutationP(countsOf([1, 1, 1, 1, 1], [2, 3, 4, 5, 6])).p).toBe(1 / 252);
  });

  it('is exact for the largest experiment there is', () => {
    const all = Array.from({ length: 50 }, (_, index) => index + 1);
    const found = permutationP([[50, 0], ...all.map((): [number, number] => [0, 1])]);
    expect(found.method).toBe('exact');
    expect(found.p * 1.0089134454556417e29).toBeCloseTo(1, 6);
  });

  it('is exact or says that it is sampled, within a second or so, for texts of every frequency', () => {
    const primes: Counts = [
      [1, 1],
      [2, 1],
      [2, 3],
      [3, 4],
      [6, 5],
      [7, 6],
      [8, 9],
      [10, 9],
      [11, 12],
    ];
    expect(permutationP(primes).method).toBe('exact');
    const uneven: Counts = [...Array(13).keys()].map((index) => [Math.ceil(index / 2), Math.floor(index / 2) + 1]);
    const started = cpuMs();
    const found = permutationP(uneven);
    expect(cpuMs() - started).toBeLessThan(3000);
    expect(found.method).toBe('exact');
    expect(found.p).toBeCloseTo(0.3929692459064462, 10);
    const thousands = Array.from({ length: 80 }, (_, index): [number, number] => [(index % 13) + 1, (index % 17) + 1]);
    const sampled = permutationP(thousands);
    expect(sampled).toMatchObject({ method: 'sampled', samples: 20_000 });
    expect(permutationP(thousands)).toEqual(sampled);
    expect(sampled.p).toBeLessThanOrEqual(1);
  });

  it('is near the exact one when sampled', () => {
    const singles = (count: number) => Array.from({ length: count }, (): [number, number] => [0, 1]);
    // 1,040 runs are too many to count their ways in a double; nearly half of all ways have the pair in the larger arm.
    const sampled = permutationP([
      [2, 0],
      ...Array.from({ length: 518 }, (): [number, number] => [1, 0]),
      ...singles(520),
    ]);
    expect(sampled.method).toBe('sampled');
    expect(Math.abs(sampled.p - (520 * 519) / (1040 * 1039))).toBeLessThan(0.02);
  });
});

describe('the seed test of a seed that does nothing, and of one that works', () => {
  /** What the test finds in so many experiments of texts drawn with these chances. */
  function findings(runs: number, seeded: readonly number[], unseeded: readonly number[], tries: number) {
    const random = xoroshiro128plus(runs);
    const draw = (shares: readonly number[]): string => {
      let u = uniformFloat64(random);
      const text = shares.findIndex((share) => {
        u -= share;
        return u < 0;
      });
      return String.fromCharCode(97 + Math.max(0, text));
    };
    const arm = (shares: readonly number[]) => Array.from({ length: runs }, () => draw(shares)).join('');
    const found = Array.from({ length: tries }, () => test(arm(seeded), arm(unseeded))?.finding);
    return (finding: string) => found.filter((each) => each === finding).length / tries;
  }
  const alike = (texts: number) => Array.from({ length: texts }, () => 1 / texts);
  const tries = cases(1000);

  it.each([5, 10, 20])('calls nothing an effect more than one time in twenty, with %i runs in each arm', (runs) => {
    for (const shares of [alike(2), alike(5), alike(20), [0.7, 0.1, 0.1, 0.1]])
      expect(findings(runs, shares, shares, tries)('effect')).toBeLessThanOrEqual(0.05);
  });

  it.each([9, 20])(
    'calls an effect on more than half of all pairs none hardly ever, with %i runs in each arm',
    (runs) => {
      expect(findings(runs, [0.8, 0.2], alike(20), tries)('none')).toBeLessThanOrEqual(0.05);
      expect(findings(runs, [1], alike(3), tries)('none')).toBeLessThanOrEqual(0.05);
    },
  );
});

describe('the seed test', () => {
  it('sees an effect', () => {
    expect(test('aaaaa', 'bcdef')).toEqual({
      seed: 7,
      temperature: 1,
      seeded: { arm: 0, runs: [1, 2, 3, 4, 5], texts: 1, match: 1 },
      unseeded: { arm: 1, runs: [6, 7, 8, 9, 10], texts: 5, match: 0 },
      between: 0,
      pValue: { p: 1 / 252, method: 'exact', ways: 252 },
      bestP: 1 / 252,
      enough: null,
      finding: 'effect',
    });
  });

  it('sees none where the runs are enough to have shown one', () => {
    expect(test('abcdefghi', 'jklmnopqr')).toMatchObject({ finding: 'none', enough: null });
    const mixed = 'a'.repeat(50) + 'b'.repeat(30) + 'c'.repeat(20);
    expect(test(mixed, mixed)?.finding).toBe('none');
  });

  it('cannot tell where they are not, and says how many would be', () => {
    expect(test('abcde', 'fghij')).toMatchObject({ finding: 'unclear', enough: 10 });
    // 67 % against 13 %, p = 0.12: a difference, and no chance to call it one.
    expect(test('aaaaab', 'aaccde')).toMatchObject({ finding: 'unclear', enough: 12 });
    expect(test('aaab', 'cdef')).toMatchObject({ finding: 'unclear', enough: 8 });
  });

  it('sees none only where runs without the seed leave room for an effect', () => {
    // A seed that always works, where 19 of 20 runs without it agree anyway.
    expect(test('a'.repeat(20), `${'a'.repeat(19)}b`)?.finding).toBe('unclear');
    expect(test('a'.repeat(40), `${'a'.repeat(38)}bc`)?.finding).toBe('unclear');
  });

  it('says so of runs that are all equal, at whatever temperature', () => {
    expect(test('aaaaa', 'aaaaa')).toMatchObject({ finding: 'all-equal', between: 1 });
    expect(test('aaaaa', 'aaaaa', halfSeededCold)).toMatchObject({ finding: 'all-equal', temperature: 0 });
    expect(test('abcde', 'fghij', halfSeededCold)?.finding).toBe('unclear');
    expect(test('aaaaa', 'bcdef', halfSeededCold)?.finding).toBe('effect');
  });

  it('sees that runs with the seed agree less', () => {
    expect(test('bcdef', 'aaaaa')?.finding).toBe('less');
  });

  it('does not take another text for agreement, nor chance for another text', () => {
    expect(test('aaaaa', 'bbbbb')?.finding).toBe('other-text');
    expect(test('aaa', 'bbb')?.finding).toBe('unclear');
  });

  it.each([
    ['aa', 'bc', 1 / 6],
    ['aaa', 'bc', 1 / 10],
    ['aaa', 'b', null],
  ])('has too few runs in %s and %s', (seeded, unseeded, bestP) => {
    expect(test(seeded, unseeded)).toMatchObject({ finding: 'too-few', bestP });
  });

  it('has just enough with three and three', () => {
    expect(test('aaa', 'bcd')).toMatchObject({ finding: 'effect', bestP: 0.05 });
  });

  it('leaves out what is not compared, and knows the arms in either order', () => {
    const turned = { ...halfSeeded, arms: [{ set: {} }, { set: { seed: 7 } }] };
    const runs = [...halfSeededRuns('bcd', 'aaa'), { ...failed(7, 'stalled', 'x'), arm: 1 }];
    expect(seedTest(turned, runs)).toMatchObject({ seeded: { arm: 1, runs: [4, 5, 6] }, finding: 'effect' });
  });

  it('says how pairs match between the arms', () => {
    expect(test('aab', 'abb')?.between).toBeCloseTo(4 / 9, 10);
  });

  it.each<[string, Partial<Recipe>]>([
    ['no arms', { arms: undefined }],
    ['one arm', { arms: [{ set: { seed: 7 } }] }],
    ['three arms', { arms: [{ set: { seed: 7 } }, { set: {} }, { set: {} }] }],
    ['two seeds', { arms: [{ set: { seed: 7 } }, { set: { seed: 8 } }] }],
    ['no seed', { arms: [{ set: {} }, { set: { seed: null } }] }],
    ['another difference', { arms: [{ set: { seed: 7 } }, { set: { seed: null, temperature: 0.5 } }] }],
    ['a seed in the request itself', { request: aRequest({ seed: 7 }), arms: [{ set: { seed: 7 } }, { set: {} }] }],
  ])('is not there with %s', (_, change) => {
    expect(seedTest({ ...halfSeeded, ...change }, halfSeededRuns('aaa', 'bcd'))).toBeNull();
  });
});
