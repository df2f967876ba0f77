import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { groupTexts } from './groups';
import { likenessOf, likeTogether, medoid, outwards } from './likeness';

const groups = (...texts: string[]) => groupTexts(texts.map((text, at) => ({ run: at + 1, text })));

describe('likeness', () => {
  it('is twice the words in common over the words of both', () => {
    const likeness = likenessOf(groups('the old red boat', 'the old boat', '', '.'));
    expect(likeness(0, 1)).toBe(6 / 7);
    expect(likeness(1, 0)).toBe(6 / 7);
    expect([likeness(0, 0), likeness(0, 2), likeness(2, 3)]).toEqual([1, 0, 1]);
  });
});

describe('the text in the middle', () => {
  it('is the one most like all runs, of equals the more common', () => {
    expect(medoid(groups('the old red boat', 'the old boat', 'a boat'))?.text).toBe('the old boat');
    expect(medoid(groups('x y z', 'the old boat', 'the old ship', 'the new boat'))?.text).toBe('the old boat');
    expect(medoid(groups('a', 'b', 'b'))?.text).toBe('b');
    expect(medoid([])).toBeNull();
  });
});

/** Points on a line: the nearer, the more alike. */
const onLine = (places: readonly number[]) => (a: number, b: number) => -Math.abs((places[a] ?? 0) - (places[b] ?? 0));

describe('orders by likeness', () => {
  it('go outwards from the middle, each to the one most like any before it', () => {
    expect(outwards(0, [0, 1, 2, 3], onLine([0, 9, 2, 5]))).toEqual([0, 2, 3, 1]);
  });

  it('have like things side by side', () => {
    expect(likeTogether([0, 1, 2, 3], onLine([0, 10, 1, 11]))).toEqual([0, 2, 1, 3]);
  });

  it('have every member once', () => {
    const members = fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 1 });
    fc.assert(
      fc.property(members, fc.array(fc.nat({ max: 9 }), { minLength: 61, maxLength: 61 }), (those, places) => {
        const sorted = those.toSorted((a, b) => a - b);
        expect(likeTogether(those, onLine(places)).toSorted((a, b) => a - b)).toEqual(sorted);
        expect(outwards(those[0] ?? 0, those, onLine(places)).toSorted((a, b) => a - b)).toEqual(sorted);
      }),
      { seed: 1, numRuns: cases(200) },
    );
  });
});
