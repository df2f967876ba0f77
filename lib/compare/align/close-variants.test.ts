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

  it('is that of their words, and of the letters only in words that are alike', () => {
    const marked = (was: string, text: string) =>
      closeDifference(was, text)?.map((part) => (part.kind === 'same' ? part.text : `[${part.text}]`)) ?? null;
    expect(marked('a red boat lay there', 'a blue boat lay there')).toEqual(['a', '[ blue]', ' boat lay there']);
    expect(marked('the colour of it', 'the color of it')).toEqual(['the colo', '[]', 'r of it']);
    expect(marked('colour grey', 'color gray')).toEqual(['colo', '[]', 'r gr', '[a]', 'y']);
    expect(marked('Once upon a time there was', 'Once upon a time')).toEqual(['Once upon a time', '[]']);
    expect(marked('the end of Summer', 'the end of summer')).toEqual(['the end of ', '[s]', 'ummer']);
    expect(marked('so they met there', 'so they met where')).toEqual(['so they met ', '[w]', 'here']);
    expect(marked('the keeper lost it', 'the keeper told it')).toEqual(['the keeper', '[ told]', ' it']);
  });

  it('is none where they share less than half, or are two words', () => {
    expect(closeDifference('kept', 'had')).toBeNull();
    expect(closeDifference('abcd', 'abcy')).not.toBeNull();
    expect(closeDifference('abcd', 'abxy')).toBeNull();
    expect(closeDifference('abcd', 'ybcx')).toBeNull();
    expect(closeDifference('abcd', 'axyz')).toBeNull();
    expect(closeDifference('sails', 'shines')).toBeNull();
    expect(closeDifference('sails over', 'shines on')).toBeNull();
    expect(closeDifference('Once upon a time there was', 'Long ago there was')).toBeNull();
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
