import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { endToEnd } from '@/lib/lens/unit-line';
import { digitsFor, sayNumber, sayPercent, sayPlace, sayRounded, saySize, sayWholePercent, sayWidth } from './numbers';

it('a whole number has its digits in threes, as the platform groups them', () => {
  expect([0, 999, 1000, 1_234_567, -1000].map(sayNumber)).toEqual(['0', '999', '1,000', '1,234,567', '-1,000']);
  fc.assert(
    fc.property(fc.maxSafeInteger(), (value) => sayNumber(value) === value.toLocaleString('en')),
    { seed: 32, numRuns: cases(300) },
  );
});

it('a number has at most the digits that are asked for', () => {
  expect([0.5, 0.456, 12].map((value) => sayRounded(value, 2))).toEqual(['0.5', '0.46', '12']);
});

it('a share is given in per cent with one digit', () => {
  expect([0, 0.4136, 1].map(sayPercent)).toEqual(['0 %', '41.4 %', '100 %']);
});

it('a share in whole per cent is 0 or 100 only if it is exactly that', () => {
  expect([0, 0.001, 0.414, 0.999, 1].map(sayWholePercent)).toEqual(['0 %', 'under 1 %', '41 %', 'over 99 %', '100 %']);
});

describe('a stretch of the unit line', () => {
  it('is as wide as its ends are apart, as they are shown', () => {
    expect([0, 0.4348, 0.99999, 1].map((place) => sayPlace(place))).toEqual(['0', '0.435', '1.000', '1']);
    expect(sayWidth([{ from: 0, to: 0.4348 }])).toBe('43.5 %');
    expect(sayWidth([{ from: 0.4348, to: 0.6481 }])).toBe('21.3 %');
    expect(sayWidth([{ from: 0.6481, to: 0.8435 }])).toBe('19.6 %'); // 0.844 - 0.648, though 19.54 by itself
  });

  it('is added up with others as they are shown', () => {
    const apart = [
      { from: 0, to: 0.4348 },
      { from: 0.6481, to: 0.8435 },
    ];
    expect(sayWidth(apart)).toBe('63.1 %'); // 43.5 and 19.6
    expect(sayWidth([])).toBe('0 %');
  });

  it('is neither nothing nor all where it is not', () => {
    const widths = [
      [0.5, 0.5],
      [0.5, 0.5004],
      [0, 1],
      [0.0001, 1],
    ].map(([from = 0, to = 0]) => sayWidth([{ from, to }]));
    expect(widths).toEqual(['0 %', 'under 0.1 %', '100 %', 'over 99.9 %']);
    expect(sayWidth([{ from: 0.5, to: 0.50004 }], 4)).toBe('under 0.01 %');
  });

  const someShares = fc
    .array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })
    .filter((weights) => weights.some((weight) => weight > 0))
    .map((weights) => {
      const sum = weights.reduce((all, weight) => all + weight, 0);
      return weights.map((weight) => weight / sum);
    });

  /** What a reader counts: what is too thin to be shown as nothing, what leaves nothing to be seen as all. */
  const read = (width: string): number => {
    if (width.startsWith('under')) return 0;
    return width.startsWith('over') ? 1 : Number(width.replace(' %', '')) / 100;
  };

  it('is as wide as its shown end less its shown start, and those that cover the line make 100 % together', () => {
    fc.assert(
      fc.property(someShares, fc.integer({ min: 3, max: 6 }), (shares, digits) => {
        const line = endToEnd(shares);
        let sum = 0;
        for (const stretch of line) {
          const width = read(sayWidth([stretch], digits));
          const [from, to] = [stretch.from, stretch.to].map((place) => Number(sayPlace(place, digits)));
          expect(width).toBeCloseTo((to ?? 0) - (from ?? 0), 9);
          sum += width;
        }
        expect(sum).toBeCloseTo(1, 9);
      }),
      { seed: 31, numRuns: cases(500) },
    );
  });

  it('has the digits it takes for a draw to lie inside, as it is shown', () => {
    expect(digitsFor({ u: 0.601, from: 0.4348, to: 0.6481 })).toBe(3);
    expect(digitsFor({ u: 0.6479, from: 0.4348, to: 0.6481 })).toBe(4); // with three: 0.648 of 0.435 to 0.648
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(someShares, unit, (shares, u) => {
        const hit = endToEnd(shares).find(({ from, to }) => from <= u && u < to - 1e-12);
        if (!hit) return;
        const digits = digitsFor({ ...hit, u });
        const [start, place, end] = [hit.from, u, hit.to].map((each) => Number(sayPlace(each, digits)));
        expect(start).toBeLessThanOrEqual(place ?? 0);
        expect(place).toBeLessThan(end ?? 0);
      }),
      { seed: 32, numRuns: cases(500) },
    );
  });
});

it('a size is given in the unit that suits it', () => {
  expect([340, 12_300, 9.8 * 1024 ** 2].map(saySize)).toEqual(['340 bytes', '12 KiB', '9.8 MiB']);
});
