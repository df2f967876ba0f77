import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ColumnRange, isSame, nextTowards, placesIn, rangeOf } from './column-range';

const step = 300;

describe('the columns in sight', () => {
  it('come with two on either side', () => {
    expect(rangeOf(3000, 1440, step)).toEqual({ from: 8, to: 17 });
    expect(rangeOf(0, 1440, step)).toEqual({ from: 0, to: 7 });
  });

  it('are drawn before those beside them, where none is there yet', () => {
    const wanted = rangeOf(30_000, 1440, step);
    const first = nextTowards(rangeOf(0, 1440, step), wanted);
    expect(first).toEqual({ from: 100, to: 103 });
    expect(nextTowards(first, wanted)).toEqual({ from: 100, to: 106 });
    expect(nextTowards({ from: 100, to: 106 }, wanted)).toEqual({ from: 98, to: 107 });
  });
});

const ranges = fc
  .tuple(fc.nat(1000), fc.integer({ min: 1, max: 20 }))
  .map(([from, size]) => ({ from, to: from + size }));
const has = ({ from, to }: ColumnRange, column: number) => column >= from && column < to;
const columnsOf = ({ from, to }: ColumnRange) => Array.from({ length: to - from }, (_, index) => from + index);

describe('drawing them in steps', () => {
  it('draws at most three more, keeps what is wanted of those drawn, and leaves the others', () => {
    fc.assert(
      fc.property(ranges, ranges, (drawn, wanted) => {
        const next = columnsOf(nextTowards(drawn, wanted));
        expect(next.length).toBeGreaterThan(0);
        expect(next.every((column) => has(wanted, column))).toBe(true);
        expect(next.filter((column) => !has(drawn, column)).length).toBeLessThanOrEqual(3);
        expect(columnsOf(drawn).filter((column) => has(wanted, column) && !next.includes(column))).toEqual([]);
      }),
    );
  });

  it('keeps columns that are held, in their places', () => {
    expect(placesIn({ from: 4, to: 7 }, [9, 1, 5])).toEqual([1, 4, 5, 6, 9]);
  });

  it('ends at what is wanted', () => {
    fc.assert(
      fc.property(ranges, ranges, (start, wanted) => {
        let drawn = start;
        for (let steps = 0; steps < 8 && !isSame(drawn, wanted); steps++) drawn = nextTowards(drawn, wanted);
        expect(drawn).toEqual(wanted);
      }),
    );
  });
});
