import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { groupTexts } from './groups';

const numbered = (texts: string[]) => texts.map((text, index) => ({ run: index + 1, text }));

describe('groups of equal texts', () => {
  it('come largest first, then by the lowest run', () => {
    expect(groupTexts(numbered(['x', 'y', 'z', 'y', 'x']))).toEqual([
      { letter: 'A', runs: [1, 5], text: 'x' },
      { letter: 'B', runs: [2, 4], text: 'y' },
      { letter: 'C', runs: [3], text: 'z' },
    ]);
  });

  it('are none without texts', () => {
    expect(groupTexts([])).toEqual([]);
  });

  it('tell lookalikes apart', () => {
    expect(groupTexts(numbered(['é', 'e\u0301', 'a ', 'a', '']))).toHaveLength(5);
  });

  it('are the same for runs in any order', () => {
    const texts = numbered(['x', 'y', 'x', 'y', 'z']);
    expect(groupTexts(texts.toReversed())).toEqual(groupTexts(texts));
  });

  it('are lettered A to Z, then AA', () => {
    const texts = Array.from({ length: 703 }, (_, index) => `text ${index}`);
    const letters = groupTexts(numbered(texts)).map((group) => group.letter);
    const some = [0, 25, 26, 27, 51, 52, 701, 702].map((index) => letters[index]);
    expect(some).toEqual(['A', 'Z', 'AA', 'AB', 'AZ', 'BA', 'ZZ', 'AAA']);
    expect(new Set(letters).size).toBe(703);
  });

  it('hold every run once, with its own text, in order', () => {
    const texts = fc.array(fc.constantFrom('', 'a', 'A', 'a ', '__proto__', '\ud83d'), { maxLength: 20 });
    fc.assert(
      fc.property(texts, (list) => {
        const groups = groupTexts(numbered(list));
        const runs = groups.flatMap((group) => group.runs);
        expect(runs.toSorted((a, b) => a - b)).toEqual(list.map((_, index) => index + 1));
        for (const group of groups) for (const run of group.runs) expect(list[run - 1]).toBe(group.text);
        expect(new Set(groups.map((group) => group.text)).size).toBe(groups.length);
        const order = groups.map((group) => [-group.runs.length, group.runs[0] ?? 0] as const);
        expect(order).toEqual(order.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]));
      }),
      { seed: 1, numRuns: cases(500) },
    );
  });
});
