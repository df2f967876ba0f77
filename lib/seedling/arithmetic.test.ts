import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { type Arithmetic, bfloat16, exact, float16, float32, splitSums } from './arithmetic';
import { trainOnCorpus } from './corpus.fixture';
import type { Counts } from './counts';
import { generate } from './generate';
import { condition, distributionAfter } from './model';
import { encode } from './vocabulary';

const normal = fc.double({ min: 1e-6, max: 1e6, noNaN: true });

describe('rounding', () => {
  it('keeps 8 bits in bfloat16: the upper half of a float32, ties to even', () => {
    fc.assert(
      fc.property(normal, (x) => {
        const bits = new Uint32Array(new Float32Array([bfloat16.round(x)]).buffer)[0] ?? 0;
        expect(bits & 0xffff).toBe(0);
        expect(Math.abs(bfloat16.round(x) - x) / x).toBeLessThanOrEqual(2 ** -8);
      }),
      { seed: 31, numRuns: cases(1000) },
    );
    expect(bfloat16.round(0.3)).toBe(0.30078125);
    expect([1 + 2 ** -8, 1 + 3 * 2 ** -8].map(bfloat16.round)).toEqual([1, 1 + 2 ** -6]);
  });

  it('keeps 11 bits in float16, as Math.f16round does where its range suffices', () => {
    const f16 = new DataView(new ArrayBuffer(2));
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 6e4, noNaN: true }), (x) => {
        f16.setFloat16(0, x);
        expect(float16.round(x)).toBe(f16.getFloat16(0));
      }),
      { seed: 32, numRuns: cases(1000) },
    );
  });
});

describe('back ends', () => {
  let counts: Counts;
  beforeAll(() => {
    counts = trainOnCorpus();
  });
  const prompt = 'Once upon a time';
  const text = (seed: number, start: Arithmetic, step = start): string => {
    const options = { seed, temperature: 1, top_p: 1, maxTokens: 60, stop: [], arithmetic: step };
    return [...generate(condition(counts, prompt, start), options)].map(({ token }) => token).join('');
  };
  const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const parted = (a: (seed: number) => string, b: (seed: number) => string) =>
    seeds.filter((seed) => a(seed) !== b(seed)).length;

  it('repeat themselves in every number format', () => {
    for (const format of [exact, float32, bfloat16, float16])
      expect(
        parted(
          (seed) => text(seed, format),
          (seed) => text(seed, format),
        ),
      ).toBe(0);
  });

  it('differ from each other in coarser formats', () => {
    expect(
      parted(
        (seed) => text(seed, bfloat16),
        (seed) => text(seed, float16),
      ),
    ).toBeGreaterThan(2);
  });

  it('differ when sums are split differently, and not when they are split alike', () => {
    expect(
      parted(
        (seed) => text(seed, splitSums(1)),
        (seed) => text(seed, splitSums(1), splitSums(4)),
      ),
    ).toBeGreaterThan(2);
    expect(
      parted(
        (seed) => text(seed, splitSums(1), splitSums(4)),
        (seed) => text(seed, splitSums(1), splitSums(4)),
      ),
    ).toBe(0);
  });

  it('differ by rounding alone: all probabilities together move by less than one in thirty', () => {
    const context = encode(counts.vocabulary, 'Once upon a time there was');
    const whole = distributionAfter(condition(counts, prompt, splitSums(1)), context, splitSums(1));
    const split = distributionAfter(condition(counts, prompt, splitSums(1)), context, splitSums(5));
    expect(split.ids).toEqual(whole.ids);
    const moves = split.probability.map((probability, at) =>
      Math.abs(probability - (whole.probability[at] ?? Number.NaN)),
    );
    const moved = moves.reduce((sum, move) => sum + move, 0);
    expect(moved).toBeGreaterThan(0);
    expect(moved).toBeLessThan(1 / 30);
  });

  it('are exact without rounding, however sums are split', () => {
    const split = { round: exact.round, lanes: 5 };
    expect(
      parted(
        (seed) => text(seed, exact),
        (seed) => text(seed, exact, split),
      ),
    ).toBeLessThanOrEqual(1);
  });
});
