import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, plainWords } from '@/lib/compare/__fixtures__/texts';
import { diffWords } from './diff';
import { isMarked, lengthInBase } from './marks';
import { foldsOf, markSpans, minPhrase, placesOf, sharedPhrases, sharedShare, spansOf } from './places';
import { countWords, joinPieces, splitWords } from './words';

const diff = (base: string, text: string) => diffWords(splitWords(base), splitWords(text));
const places = (base: string, ...texts: string[]) =>
  placesOf(
    splitWords(base),
    texts.map((text) => diff(base, text)),
  );

describe('places', () => {
  it('are those of all columns, in the baseline', () => {
    expect(places('the old red boat', 'the new boat', 'the old red boat sank')).toEqual([
      { from: 3, to: 11, word: 2 },
      { from: 16, to: 16, word: 5 },
    ]);
  });

  it('are one where they overlap or touch', () => {
    expect(places('a b c d', 'a x y d', 'a b z d')).toEqual([{ from: 1, to: 5, word: 2 }]);
  });

  it('leave stretches between them that are the same in every column', () => {
    fc.assert(
      fc.property(anyText, fc.array(anyText, { minLength: 1, maxLength: 4 }), (base, texts) => {
        const columns = texts.map((text) => diff(base, text));
        const found = placesOf(splitWords(base), columns);
        for (const [index, parts] of columns.entries()) {
          let at = 0;
          for (const part of parts) {
            const to = at + lengthInBase(part);
            if (isMarked(part)) expect(found.some((place) => place.from <= at && to <= place.to)).toBe(true);
            at = to;
          }
          expect(at).toBe(base.length);
          expect(parts.map(({ text }) => text).join('')).toBe(texts[index]);
        }
      }),
      { seed: 5, numRuns: cases(300) },
    );
  });
});

describe('folds', () => {
  const words = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => `w${from + index}`).join(' ');
  const folding = { minWords: 40, context: 8 };

  it('are long stretches between places, but for the words next to one', () => {
    const base = words(1, 150);
    const [first, last, ...more] = foldsOf(splitWords(base), places(base, base.replace('w51 ', 'other ')), folding);
    expect(more).toEqual([]);
    expect(base.slice(first?.from, first?.to).trim()).toBe(words(1, 42));
    expect(first?.words).toBe(42);
    expect(base.slice(last?.from, last?.to).trim()).toBe(words(60, 150));
  });

  it('are none if all texts are equal', () => {
    const base = words(1, 150);
    expect(foldsOf(splitWords(base), [], folding)).toEqual([]);
  });

  it('leave out short stretches', () => {
    const base = words(1, 39);
    expect(foldsOf(splitWords(base), places(base, `${base} more`), folding)).toEqual([]);
  });

  it('never reach into a place, and count their words', () => {
    fc.assert(
      fc.property(
        plainWords,
        plainWords,
        fc.integer({ min: 1, max: 6 }),
        fc.nat(3),
        (base, text, minWords, context) => {
          const pieces = splitWords(base);
          const found = places(base, text);
          for (const fold of foldsOf(pieces, found, { minWords, context })) {
            expect(found.every(({ from, to }) => to <= fold.from || fold.to <= from)).toBe(true);
            expect(countWords(splitWords(base.slice(fold.from, fold.to)))).toBe(fold.words);
          }
        },
      ),
      { seed: 6, numRuns: cases(500) },
    );
  });
});

describe('shared phrases', () => {
  it('are marked instead of differences, from four words on', () => {
    const parts = diff('one two three four and so on', 'one two three four but so it goes');
    expect(sharedPhrases(parts).map(({ kind, text }) => [kind, text])).toEqual([
      ['shared', 'one two three four'],
      ['plain', ' but'],
      ['same', ' so'],
      ['plain', ' it goes'],
    ]);
    expect(minPhrase).toBe(4);
  });

  it('keep text and baseline', () => {
    fc.assert(
      fc.property(anyText, anyText, (base, text) => {
        const marks = sharedPhrases(diff(base, text));
        expect(marks.map((mark) => mark.text).join('')).toBe(text);
        expect(marks.reduce((sum, mark) => sum + lengthInBase(mark), 0)).toBe(base.length);
        const own = markSpans(diff(base, base), spansOf([marks]));
        expect(own.map((mark) => mark.text).join('')).toBe(base);
      }),
      { seed: 7, numRuns: cases(300) },
    );
  });

  it('are counted as a share of the shorter text', () => {
    expect(sharedShare(diff('a b c d', 'a b x'))).toEqual({ share: 3 / 5, of: 5 });
    expect(sharedShare(diff('', ''))).toEqual({ share: 1, of: 0 });
    expect(joinPieces([])).toBe('');
  });
});
