import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, plainWords, versions } from '@/lib/compare/__fixtures__/texts';
import { alignTexts } from './alignment';
import { groupTexts } from './groups';
import { contextWords, type Position } from './positions';
import { splitWords } from './words';

const numbered = (texts: readonly string[]) => texts.map((text, index) => ({ run: index + 1, text }));
const align = (texts: readonly string[]) => alignTexts(groupTexts(numbered(texts)));
const positions = (...texts: string[]): Position[] =>
  align(texts).segments.flatMap((segment) => (segment.kind === 'position' ? [segment] : []));
const shown = ({ word, before, variants }: Position) => [
  word,
  before,
  ...variants.map(({ text, runs, letters }) => [text, runs, letters.join('')]),
];

/** The base with a run's readings put in. */
function replay(base: string, positionsOf: readonly Position[], run: number): string {
  let text = '';
  let at = 0;
  for (const { from, to, variants } of positionsOf) {
    const own = variants.find(({ runs }) => runs.includes(run));
    text += base.slice(at, from) + (own?.text ?? '');
    at = to;
  }
  return text + base.slice(at);
}

const lists = fc.oneof(
  fc.array(anyText, { maxLength: 6 }),
  fc.array(plainWords, { maxLength: 8 }),
  kin(anyText, { minLength: 1, maxLength: 5 }),
  versions(8),
);

describe('the table of positions where texts differ', () => {
  it('has a row for each place where they do not all agree', () => {
    expect(
      positions('the old red boat', 'the old red boat', 'the new boat', 'the old red boat sank').map(shown),
    ).toEqual([
      [2, 'the', [' old red', [1, 2, 4], 'AC'], [' new', [3], 'B']],
      [5, 'the old red boat', [null, [1, 2, 3], 'AB'], [' sank', [4], 'C']],
    ]);
  });

  it('has none where all agree, nor without texts', () => {
    expect(positions('the boat', 'the boat')).toEqual([]);
    expect(positions()).toEqual([]);
  });

  it('has null where something is missing', () => {
    expect(positions('a big cat', 'a big cat', 'a cat').map(shown)).toEqual([
      [2, 'a', [' big', [1, 2], 'A'], [null, [3], 'B']],
    ]);
  });

  it('joins places that touch, if their readings are few', () => {
    expect(positions('a b c d', 'a b c d', 'a x c d', 'a b y d').map(shown)).toEqual([
      [2, 'a', [' b c', [1, 2], 'A'], [' x c', [3], 'B'], [' b y', [4], 'C']],
    ]);
  });

  it('names what most runs have first', () => {
    const variants = positions('a x', 'a x z', 'a y', 'a y z', 'a x', 'a y w')[0]?.variants;
    expect(variants?.map(({ text, runs }) => [text, runs])).toEqual([
      [' x', [1, 5]],
      [' x z', [2]],
      [' y', [3]],
      [' y z', [4]],
      [' y w', [6]],
    ]);
  });

  it('shows up to five words before and after a place, with the marks among them', () => {
    const [position] = positions(
      'One, two three; four five six seven, or so.',
      'One, two three; four five six eight, or so.',
    );
    expect(position).toMatchObject({ word: 7, before: 'two three; four five six', after: ', or so' });
  });

  it.each([
    ['a  b', 'a b', 'whitespace'],
    ['a b ', 'a b', 'whitespace'],
    ['Yes, a b', 'yes a b', 'case-punctuation'],
    ['it is well-known', 'it is well known', 'case-punctuation'],
    ['it is -5 now', 'it is 5 now', null],
    ['it is 3.14 now', 'it is 314 now', null],
    ['a red b', 'a b', null],
  ])('names the mode under which %j and %j do agree: %s', (a, b, mode) => {
    expect(positions(a, a, b).map((position) => position.mode)).toEqual(positions(a, a, b).map(() => mode));
    expect(positions(a, a, b).length).toBeGreaterThan(0);
  });

  it('considers all variants of a place', () => {
    expect(positions('a big b', 'a Big b').map(({ mode }) => mode)).toEqual(['case-punctuation']);
    expect(positions('a big b', 'a Big b', 'a bad b').map(({ mode }) => mode)).toEqual([null]);
  });

  it('has no place that differs in words where whole texts do not', () => {
    fc.assert(
      fc.property(plainWords, fc.constantFrom('whitespace', 'case-punctuation'), (text, mode) => {
        const other = mode === 'whitespace' ? text.replaceAll(' ', '  ') : text.toUpperCase().replaceAll(',', ';');
        for (const position of positions(text, text, other)) expect(position.mode).toBe(mode);
      }),
      { seed: 5, numRuns: cases(500) },
    );
  });

  it('works out each distinct text once', () => {
    const long = Array.from({ length: 400 }, (_, index) => `word${index}`).join(' ');
    const texts = Array.from({ length: 5000 }, (_, index) => (index % 2 ? long : `${long} end`));
    expect(positions(...texts).map(({ word }) => word)).toEqual([401]);
  });

  it('gives every aligned run one variant in each place, and two variants at least', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const { alignedTexts } = align(texts);
        const runs = alignedTexts.flatMap((text) => text.runs).sort((a, b) => a - b);
        for (const { variants } of positions(...texts)) {
          expect(variants.flatMap((variant) => variant.runs).toSorted((a, b) => a - b)).toEqual(runs);
          expect(new Set(variants.map(({ text }) => text)).size).toBe(variants.length);
          expect(variants.length).toBeGreaterThan(1);
          expect(variants.map(({ text }) => text)).not.toContain('');
        }
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('gives the text of every aligned run back exactly', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const { base, alignedTexts } = align(texts);
        const found = positions(...texts);
        for (const run of alignedTexts.flatMap(({ runs }) => runs))
          expect(replay(base?.text ?? '', found, run)).toBe(texts[run - 1]);
      }),
      { seed: 2, numRuns: cases(2000) },
    );
  });

  it('has its places in order, none over another, each at its word', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const base = align(texts).base?.text ?? '';
        const found = positions(...texts);
        for (const [index, { from, to }] of found.entries()) {
          expect(from).toBeLessThanOrEqual(to);
          expect(from).toBeGreaterThanOrEqual(found[index - 1]?.to ?? 0);
        }
        const wordsUpTo = new Map([[0, 0]]);
        let [end, words] = [0, 0];
        for (const piece of splitWords(base)) {
          end += piece.text.length;
          words += Number(piece.word);
          wordsUpTo.set(end, words);
        }
        for (const { from, to, word, before, after } of found) {
          expect(wordsUpTo.get(from)).toBe(word - 1);
          expect(base.slice(0, from).endsWith(before)).toBe(true);
          expect(base.slice(to).startsWith(after)).toBe(true);
        }
      }),
      { seed: 3, numRuns: cases(1000) },
    );
  });

  it('never shows more context than promised', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('red ', 'old ', 'boat '), { maxLength: 20 }), (words) => {
        const text = words.join('');
        const shownIn = (context: string) => splitWords(context).filter(({ word }) => word).length;
        for (const { before, after } of positions(`${text}x ${text}`, `${text}y ${text}`)) {
          expect(shownIn(before)).toBe(Math.min(contextWords, words.length));
          expect(shownIn(after)).toBe(Math.min(contextWords, words.length));
        }
      }),
      { seed: 4, numRuns: cases(200) },
    );
  });
});
