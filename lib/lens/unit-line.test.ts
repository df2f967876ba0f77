import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { endToEnd, unitLine } from './unit-line';

describe('shares laid end to end', () => {
  it('begin where the one before ends', () => {
    expect(endToEnd([0.5, 0.25, 0.25])).toEqual([
      { from: 0, to: 0.5 },
      { from: 0.5, to: 0.75 },
      { from: 0.75, to: 1 },
    ]);
    expect(endToEnd([])).toEqual([]);
  });
});

describe('the unit line', () => {
  it('is cut into chances, with room left for tokens that are not listed', () => {
    const options = [
      { token: 'a', chance: 0.5 },
      { token: 'b', chance: 0.25 },
      { token: 'cut', chance: 0 },
      { token: 'z', chance: 0.01 },
    ];
    expect(unitLine(options, [{ token: 'z', from: 0.9, to: 0.91 }])).toEqual([
      { token: 'a', from: 0, to: 0.5 },
      { token: 'b', from: 0.5, to: 0.75 },
      { token: null, from: 0.75, to: 0.9 },
      { token: 'z', from: 0.9, to: 0.91 },
      { token: null, from: 0.91, to: 1 },
    ]);
  });

  it('is covered from 0 to 1 without overlaps', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (weights) => {
        const sum = weights.reduce((all, each) => all + each, 0) + 0.1;
        const line = unitLine(
          weights.map((weight, at) => ({ token: String(at), chance: weight / sum })),
          [],
        );
        expect(line[0]?.from).toBe(0);
        expect(line.at(-1)?.to).toBe(1);
        for (const [at, segment] of line.entries()) expect(segment.from).toBe(line[at - 1]?.to ?? 0);
      }),
      { seed: 8, numRuns: cases(300) },
    );
  });
});
