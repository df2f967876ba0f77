import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, versions } from '@/lib/compare/__fixtures__/texts';
import { maxAligned, profileOf } from './profile';

/** The rows as a reader would write them: a column between two bars, without white space. */
const rows = (...texts: string[]) => {
  const columns = profileOf(texts);
  return texts.map((_, row) => columns.map((cells) => cells[row]?.trim()).join('|'));
};

describe('texts in columns', () => {
  it('have what stands in the same place in one column', () => {
    expect(rows('the old boat', 'the boat sank', 'a red boat sank')).toEqual([
      'the|old|boat|',
      'the||boat|sank',
      'a|red|boat|sank',
    ]);
  });

  it('have what two texts add in one column, though the first has nothing there', () => {
    expect(rows('a b c d e', 'a b x y c d e', 'a b x z c d e')).toEqual([
      'a|b|||c|d|e',
      'a|b|x|y|c|d|e',
      'a|b|x|z|c|d|e',
    ]);
  });

  it('have the same word in one column whatever white space stands before it', () => {
    expect(profileOf(['a b', 'a\n\nb'])).toEqual([
      ['a', 'a'],
      [' b', '\n\nb'],
    ]);
  });

  it('join to each text, exactly', () => {
    fc.assert(
      fc.property(fc.oneof(fc.array(anyText), kin(anyText, { minLength: 1, maxLength: 6 }), versions(9)), (texts) => {
        const columns = profileOf(texts);
        expect(texts.map((_, row) => columns.map((cells) => cells[row]).join(''))).toEqual(texts);
        for (const cells of columns) expect(cells.some((cell) => cell !== '')).toBe(true);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });

  it('gain no column from texts beyond those that are aligned', () => {
    const texts = Array.from({ length: maxAligned }, (_, at) => `one two ${at} three`);
    const further = ['zero one two and so on three four', 'one'];
    const columns = profileOf([...texts, ...further]);
    expect(columns).toHaveLength(profileOf(texts).length);
    for (const [at, text] of further.entries())
      expect(columns.map((cells) => cells[maxAligned + at]).join('')).toBe(text);
  });
});
