import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { exp, log, power } from './portable-math';

const runs = { seed: 5, numRuns: cases(5000) };
const minNormal = 2 ** -1022;

/** How far a value is from the right one, as a share of the right one. */
const relativeError = (value: number, right: number): number => (value === right ? 0 : Math.abs(value / right - 1));

const exponents = fc.oneof(
  fc.double({ min: -708, max: 709, noNaN: true }),
  fc.integer({ min: -708_000_000, max: 709_000_000 }).map((millionths) => millionths / 1e6),
);
const normals = fc.oneof(
  fc.double({ min: minNormal, max: Number.MAX_VALUE, noNaN: true }),
  fc.integer({ min: 1, max: 3_000_000 }).map((millionths) => millionths / 1e6),
);

describe('exp', () => {
  it('agrees with Math.exp to 1e-13', () => {
    fc.assert(
      fc.property(exponents, (x) => {
        expect(relativeError(exp(x), Math.exp(x))).toBeLessThan(1e-13);
      }),
      runs,
    );
  });

  it('is 1 at 0, finite at 709, and 0 below -708', () => {
    expect(exp(0)).toBe(1);
    expect(exp(-0)).toBe(1);
    expect(Number.isFinite(exp(709))).toBe(true);
    expect(exp(-708)).toBeGreaterThan(0);
    expect(exp(-708.001)).toBe(0);
    expect(exp(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  it('never falls as its argument rises', () => {
    fc.assert(
      fc.property(exponents, exponents, (a, b) => {
        expect(exp(Math.min(a, b))).toBeLessThanOrEqual(exp(Math.max(a, b)));
      }),
      runs,
    );
  });

  it('also rises where its power of two changes', () => {
    for (let k = -1020; k < 1020; k++) {
      const border = (k + 0.5) * Math.LN2;
      const step = Math.max(Math.abs(border), 1) * 1e-14;
      expect(exp(border - step)).toBeLessThan(exp(border + step));
    }
  });
});

describe('log', () => {
  it('agrees with Math.log to 1e-13', () => {
    fc.assert(
      fc.property(normals, (x) => {
        expect(relativeError(log(x), Math.log(x))).toBeLessThan(1e-13);
      }),
      runs,
    );
  });

  it('agrees with Math.log next to 1, where the logarithm is nearly 0', () => {
    for (let step = 1; step < 1000; step++)
      for (const x of [1 + step * 2 ** -52, 1 - step * 2 ** -53, 1 + step * 2 ** -30, 1 - step * 2 ** -30])
        expect(relativeError(log(x), Math.log(x))).toBeLessThan(1e-13);
  });

  it('is 0 at 1 and covers its whole range', () => {
    expect(log(1)).toBe(0);
    expect(relativeError(log(minNormal), Math.log(minNormal))).toBeLessThan(1e-13);
    expect(relativeError(log(Number.MAX_VALUE), Math.log(Number.MAX_VALUE))).toBeLessThan(1e-13);
  });

  it('never falls as its argument rises', () => {
    fc.assert(
      fc.property(normals, normals, (a, b) => {
        expect(log(Math.min(a, b))).toBeLessThanOrEqual(log(Math.max(a, b)));
      }),
      runs,
    );
  });

  it('also rises where its power of two changes', () => {
    for (let k = -1000; k < 1000; k++) {
      const border = 1.5 * 2 ** k;
      expect(log(border * (1 - 1e-13))).toBeLessThan(log(border * (1 + 1e-13)));
    }
  });

  it('undoes exp', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(log(exp(x)) - x)).toBeLessThan(1e-13 * Math.max(1, Math.abs(x)));
      }),
      runs,
    );
  });
});

describe('power', () => {
  it('agrees with Math.pow to 1e-12 for probabilities and temperatures', () => {
    const probabilities = fc.double({ min: 1e-12, max: 1, noNaN: true });
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0.5, max: 20, noNaN: true }), (x, y) => {
        expect(relativeError(power(x, y), x ** y)).toBeLessThan(1e-12);
      }),
      runs,
    );
  });
});
