import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, wholeText } from '@/lib/compare/__fixtures__/texts';
import { findFork } from './fork';
import { splitWords } from './words';

const fork = (...texts: string[]) => findFork(texts.map((text, index) => ({ run: index + 1, text })));
const place = (...texts: string[]) => {
  const found = fork(...texts);
  return found && { word: found.word, character: found.character };
};

/** The first index at which the lists do not all have the same entry; null if they are equal. */
function firstUnlike(lists: readonly (readonly string[])[]): number | null {
  const longest = Math.max(...lists.map((list) => list.length));
  for (let index = 0; index < longest; index++) if (new Set(lists.map((list) => list[index])).size > 1) return index;
  return null;
}

/** The same answer by looking at every place in turn. */
function bruteForce(texts: string[]) {
  const pieces = texts.map(splitWords);
  const piece = firstUnlike(pieces.map((list) => list.map(({ text }) => text)));
  const character = firstUnlike(texts.map((text) => [...text]));
  if (piece === null || character === null) return null;
  const before = pieces[0]?.slice(0, piece) ?? [];
  return { word: before.filter(({ word }) => word).length + 1, character: character + 1 };
}

describe('where texts first part', () => {
  it('is nowhere for equal texts, one text, or none', () => {
    expect(fork('the cat', 'the cat', 'the cat')).toBeNull();
    expect(fork('the cat')).toBeNull();
    expect(fork()).toBeNull();
    expect(fork('', '')).toBeNull();
  });

  it('is named by word and character, with what each run says there', () => {
    expect(fork('the cat sat', 'the cat ran', 'the cat')).toEqual({
      word: 3,
      character: 8,
      differs: 'word',
      atEnd: false,
      offset: 7,
      variants: [
        { text: ' sat', runs: [1] },
        { text: ' ran', runs: [2] },
        { text: null, runs: [3] },
      ],
    });
  });

  it.each([
    [['(B) II only.', 'B) II only.'], 'marks', false],
    [['the cat, sat', 'the cat sat', 'the cat; sat'], 'marks', false],
    [['the cat.', 'the cat'], 'marks', true],
    [['the cat!', 'the cat.\n'], 'marks', true],
    [['…', '!'], 'marks', true],
    [['the cat sat', 'the  cat sat'], 'spacing', false],
    [['the cat', 'the cat\n'], 'spacing', true],
    [['(A) one', '(B) one'], 'word', false],
    [['B) one', '(B) one', 'C) one'], 'word', false],
    [['the cat', 'the cat, too'], 'word', false],
    [[`x${'-'.repeat(3000)} a`, `x${'-'.repeat(3001)} a`], 'marks', false],
  ] as const)('of %j is in the %s', (texts, differs, atEnd) => {
    expect(fork(...texts)).toMatchObject({ differs, atEnd });
  });

  it('is in a word exactly where the words of that number are not all alike', () => {
    fc.assert(
      fc.property(kin(anyText, { minLength: 2, maxLength: 4 }), (texts) => {
        const found = fork(...texts);
        if (!found) return;
        const nth = texts.map(
          (text) =>
            splitWords(text)
              .filter(({ word }) => word)
              [found.word - 1]?.text.trim() ?? null,
        );
        expect(found.differs === 'word').toBe(new Set(nth).size > 1);
        expect(found.atEnd).toBe(nth.every((word) => word === null));
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('has the most common variant first', () => {
    expect(fork('a x', 'a y', 'a z', 'a y')?.variants).toEqual([
      { text: ' y', runs: [2, 4] },
      { text: ' x', runs: [1] },
      { text: ' z', runs: [3] },
    ]);
  });

  it.each([
    ['a prefix', ['the cat', 'the cat sat'], { word: 3, character: 8 }],
    ['an empty text', ['', 'the'], { word: 1, character: 1 }],
    ['the first word', ['A cat', 'The cat'], { word: 1, character: 1 }],
    ['punctuation, at the word that comes next', ['Yes, it is', 'Yes; it is'], { word: 2, character: 4 }],
    ['a final full stop', ['the end', 'the end.'], { word: 3, character: 8 }],
    ['spacing before a word', ['the cat', 'the  cat'], { word: 2, character: 5 }],
    ['white space at the end', ['the cat', 'the cat\n'], { word: 3, character: 8 }],
    ['a line break for a space', ['a\nb', 'a b'], { word: 2, character: 2 }],
    ['capital letters', ['the Rover', 'the rover'], { word: 2, character: 5 }],
    ['the end of a word', ['it can not', 'it cannot'], { word: 2, character: 7 }],
    ['Chinese words', ['我喜欢苹果', '我喜欢香蕉'], { word: 3, character: 4 }],
    ['emoji that share half their code, not split', ['a 😀', 'a 😁'], { word: 2, character: 3 }],
    ['what follows an emoji', ['😀 yes', '😀 no'], { word: 1, character: 3 }],
    ['one family and another', ['👩‍👩‍👧', '👩‍👩‍👦'], { word: 1, character: 5 }],
    ['combined and single letters', ['caf\u00e9', 'cafe\u0301'], { word: 1, character: 4 }],
    ['a combining mark', ['the cafe', 'the cafe\u0301'], { word: 2, character: 9 }],
  ])('%s', (_, texts, expected) => {
    expect(place(...texts)).toEqual(expected);
  });

  it.each([
    ['an emoji and its first half', ['😀', '\ud83d'], 1],
    ['an emoji and its first half, the other way round', ['\ud83d', '😀'], 1],
    ['what follows the same half', ['\ud83da', '\ud83db'], 2],
  ])('counts half an emoji as a character of its own: %s', (_, texts, character) => {
    expect(fork(...texts)?.character).toBe(character);
  });

  it('is the same as by looking at every place in turn', () => {
    fc.assert(
      fc.property(kin(wholeText, { minLength: 1, maxLength: 4 }), (texts) => {
        expect(place(...texts)).toEqual(bruteForce(texts));
      }),
      { seed: 1, numRuns: cases(10_000) },
    );
  });

  it('needs only the words around the place, and is the same as with all of them', () => {
    fc.assert(
      fc.property(kin(anyText, { minLength: 2, maxLength: 4 }), fc.constantFrom('', ' of ', '。'), (ends, start) => {
        const texts = ends.map((end) => `One day${start}${end}`);
        const pieces = texts.map((text) => splitWords(text).map((piece) => piece.text));
        const piece = firstUnlike(pieces);
        const found = fork(...texts);
        expect(found?.offset ?? null).toBe(piece === null ? null : pieces[0]?.slice(0, piece).join('').length);
        for (const { text, runs } of found?.variants ?? [])
          for (const run of runs) expect(text).toBe(pieces[run - 1]?.[piece ?? 0] ?? null);
      }),
      { seed: 1, numRuns: cases(5000) },
    );
  });

  it('has an offset up to which all are alike, and the variants that follow', () => {
    fc.assert(
      fc.property(kin(wholeText, { minLength: 2, maxLength: 4 }), (texts) => {
        const found = fork(...texts);
        fc.pre(found !== null);
        expect(new Set(texts.map((text) => text.slice(0, found.offset))).size).toBe(1);
        expect(found.variants.length).toBeGreaterThan(1);
        for (const { text, runs } of found.variants)
          for (const run of runs) {
            const rest = texts[run - 1]?.slice(found.offset) ?? '';
            if (text === null) expect(rest).toBe('');
            else expect(rest.startsWith(text)).toBe(true);
          }
        const runs = found.variants.flatMap((variant) => variant.runs).toSorted((a, b) => a - b);
        expect(runs).toEqual(texts.map((_, index) => index + 1));
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('does not depend on the order of the runs', () => {
    fc.assert(
      fc.property(kin(wholeText, { minLength: 2, maxLength: 4 }), (texts) => {
        expect(place(...texts.toReversed())).toEqual(place(...texts));
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});
