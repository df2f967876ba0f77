import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { wholeText } from '@/lib/compare/__fixtures__/texts';
import { closeDifference, maxClose } from './close-variants';

const graphemes = (text: string): Set<number> =>
  new Set([...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index));

describe('the difference of close variants', () => {
  it('is that of their characters', () => {
    expect(closeDifference('colour', 'color')).toEqual([
      { kind: 'same', text: 'colo' },
      { kind: 'missing', text: '', was: 'u' },
      { kind: 'same', text: 'r' },
    ]);
  });

  it('is none where they share less than half', () => {
    expect(closeDifference('kept', 'had')).toBeNull();
    expect(closeDifference('abcd', 'abxy')).not.toBeNull();
    expect(closeDifference('abcd', 'axyz')).toBeNull();
    expect(closeDifference('sails over', 'shines on')).toBeNull();
    expect(closeDifference('', '')).toBeNull();
  });

  it('is none of phrases', () => {
    const long = 'a'.repeat(maxClose);
    expect(closeDifference(long, long.slice(1))).not.toBeNull();
    expect(closeDifference(`${long}a`, long)).toBeNull();
  });

  it('gives the variant back and cuts no character', () => {
    fc.assert(
      fc.property(wholeText, wholeText, wholeText, (start, a, b) => {
        const [was, text] = [start + a, start + b];
        const parts = closeDifference(was, text);
        if (parts === null) return;
        expect(parts.map((part) => part.text).join('')).toBe(text);
        let at = 0;
        for (const part of parts) {
          if (part.text !== '') expect(graphemes(text).has(at)).toBe(true);
          at += part.text.length;
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });
});
