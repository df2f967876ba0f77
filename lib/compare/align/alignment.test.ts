import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, plainWords, versions } from '@/lib/compare/__fixtures__/texts';
import { type Alignment, alignTexts, cellsOf, type Segment } from './alignment';
import { groupTexts } from './groups';
import { countWords, splitWords } from './words';

const numbered = (texts: readonly string[]) => texts.map((text, index) => ({ run: index + 1, text }));
const of = (...texts: string[]) => alignTexts(groupTexts(numbered(texts)));
const shown = ({ segments }: Alignment) =>
  segments.map((segment) =>
    segment.kind === 'shared'
      ? [segment.word, segment.words, segment.text]
      : segment.variants.map(({ text, letters }) => [text, letters.join('')]),
  );

/** What a run reads on its way through the graph; all of its text if that is apart from the others. */
const path = ({ segments, outliers }: Alignment, run: number): string =>
  outliers.find(({ runs }) => runs.includes(run))?.text ??
  segments
    .map((segment) =>
      segment.kind === 'shared' ? segment.text : (segment.variants.find(({ runs }) => runs.includes(run))?.text ?? ''),
    )
    .join('');

const lists = fc.oneof(
  fc.array(anyText, { maxLength: 6 }),
  fc.array(plainWords, { maxLength: 8 }),
  kin(anyText, { minLength: 1, maxLength: 5 }),
  versions(8),
);

describe('the alignment of texts', () => {
  it('writes once what all share, and stacks what they do not', () => {
    const found = of('the old red boat', 'the old red boat', 'the new boat');
    expect(found.alignedTexts).toEqual([
      { letter: 'A', runs: [1, 2] },
      { letter: 'B', runs: [3] },
    ]);
    expect(shown(found)).toEqual([
      [1, 1, 'the'],
      [
        [' old red', 'A'],
        [' new', 'B'],
      ],
      [4, 1, ' boat'],
    ]);
  });

  it('has one stretch where all agree, and nothing without texts', () => {
    expect(shown(of('a b', 'a b'))).toEqual([[1, 2, 'a b']]);
    expect(of()).toEqual({ base: null, alignedTexts: [], segments: [], outliers: [] });
  });

  it('gives the text of every run exactly, read along it', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const found = of(...texts);
        expect(texts.map((_, index) => path(found, index + 1))).toEqual(texts);
      }),
      { seed: 1, numRuns: cases(2000) },
    );
  });

  it('is the same in whichever order the runs come', () => {
    const shuffled = versions(8).chain((texts) =>
      fc.tuple(fc.constant(numbered(texts)), fc.shuffledSubarray(numbered(texts), { minLength: texts.length })),
    );
    fc.assert(
      fc.property(shuffled, ([texts, others]) => {
        expect(alignTexts(groupTexts(others))).toEqual(alignTexts(groupTexts(texts)));
      }),
      { seed: 5, numRuns: cases(300) },
    );
  });

  it('has every run in it once, aligned or apart', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const { alignedTexts, outliers } = of(...texts);
        const runs = [...alignedTexts, ...outliers].flatMap((text) => text.runs).sort((a, b) => a - b);
        expect(runs).toEqual(texts.map((_, index) => index + 1));
      }),
      { seed: 6, numRuns: cases(1000) },
    );
  });

  it('has places of its own for what each of several texts changes, though one of them changes nearly all', () => {
    const words = Array.from({ length: 60 }, (_, at) => `w${at}`);
    const text = (...changes: [number, string][]) =>
      words.map((word, at) => changes.find(([place]) => place === at)?.[1] ?? word).join(' ');
    const unlike = words.map((word, at) => (at % 4 === 0 ? word : `x${at}`)).join(' ');
    const found = of(text(), text(), text([10, 'ten']), text([30, 'thirty']), text([50, 'fifty'], [10, 'ten']), unlike);
    expect(found.outliers).toMatchObject([{ runs: [6], shared: 15, of: 60 }]);
    expect(found.segments.filter(({ kind }) => kind === 'position').map(({ word }) => word)).toEqual([11, 31, 51]);
  });

  it('does not let a page that one text has alone swallow the places of the others on it', () => {
    const words = Array.from({ length: 60 }, (_, at) => `w${at}`);
    const text = (place: number) => words.map((word, at) => (at === place ? `y${at}` : word)).join(' ');
    const rewritten = words.map((word, at) => (at >= 20 && at < 45 ? `x${at}` : word)).join(' ');
    const { segments } = of(text(-1), text(-1), text(25), text(40), rewritten);
    const places = segments.flatMap((segment) => (segment.kind === 'position' ? [segment] : []));
    const runsIn = (word: string) =>
      places
        .find(({ variants }) => variants.some((variant) => variant.text?.includes(word)))
        ?.variants.map(({ runs }) => runs);
    expect(runsIn('y25')).toEqual([[1, 2, 4], [3], [5]]);
    expect(runsIn('y40')).toEqual([[1, 2, 3], [4], [5]]);
  });

  it('has in one place what two texts add and the one in the middle has not', () => {
    expect(shown(of('a b c d', 'a b c d', 'a b c d', 'a b x y c d', 'a b x y c e'))).toEqual([
      [1, 2, 'a b'],
      [
        [null, 'A'],
        [' x y', 'BC'],
      ],
      [3, 1, ' c'],
      [
        [' d', 'AB'],
        [' e', 'C'],
      ],
    ]);
  });

  it('aligns a thousand texts, of which forty make the columns', () => {
    const text = (run: number) =>
      Array.from({ length: 40 }, (_, at) => ((at * 7 + run) % 40 === 0 ? `r${run}` : `w${at}`)).join(' ');
    const texts = Array.from({ length: 1000 }, (_, run) => `${text(run)} and ${run}`);
    const found = of(...texts);
    for (const run of [1, 40, 41, 500, 1000]) expect(path(found, run)).toBe(texts[run - 1]);
  });

  it('never has two shared stretches side by side', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const kinds = of(...texts).segments.map(({ kind }) => kind);
        expect(kinds.every((kind, index) => kind === 'position' || kinds[index + 1] !== 'shared')).toBe(true);
      }),
      { seed: 2, numRuns: cases(1000) },
    );
  });

  it('numbers the words of shared stretches as the base has them', () => {
    fc.assert(
      fc.property(fc.array(plainWords, { minLength: 1, maxLength: 8 }), (texts) => {
        const found = of(...texts);
        const base = found.base?.text ?? '';
        let from = 0;
        for (const segment of found.segments) {
          if (segment.kind === 'shared') {
            expect(segment.word).toBe(countWords(splitWords(base.slice(0, from))) + 1);
            expect(segment.words).toBe(countWords(splitWords(segment.text)));
          }
          from = segment.kind === 'shared' ? from + segment.text.length : segment.to;
        }
      }),
      { seed: 3, numRuns: cases(500) },
    );
  });
});

describe('a column of the table of alignment', () => {
  const alignedTexts = ['A', 'B', 'C'].map((letter, index) => ({ letter, runs: [index + 1] }));
  const position = (...variants: [string | null, string][]): Segment => ({
    kind: 'position',
    at: 0,
    word: 1,
    before: '',
    after: '',
    from: 0,
    to: 0,
    mode: null,
    variants: variants.map(([text, letters]) => ({ text, runs: [], letters: [...letters] })),
  });

  it('joins neighbours that agree, and none else', () => {
    expect(cellsOf(position([' old', 'AC'], [' new', 'B']), alignedTexts)).toEqual([
      { row: 0, span: 1, text: ' old' },
      { row: 1, span: 1, text: ' new' },
      { row: 2, span: 1, text: ' old' },
    ]);
    expect(cellsOf(position([null, 'AB'], [' new', 'C']), alignedTexts)).toEqual([
      { row: 0, span: 2, text: null },
      { row: 2, span: 1, text: ' new' },
    ]);
  });

  it('has every row in one cell, so that each row reads as its text', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const { alignedTexts: rows, segments, outliers } = of(...texts);
        const read = rows.map((_, row) =>
          segments
            .map((segment) => {
              const covering = cellsOf(segment, rows).filter((cell) => cell.row <= row && row < cell.row + cell.span);
              expect(covering).toHaveLength(1);
              return covering[0]?.text ?? '';
            })
            .join(''),
        );
        const whole = new Map([...rows.entries()].map(([row, { letter }]) => [letter, read[row]]));
        for (const { letter, text } of outliers) whole.set(letter, text);
        for (const { letter, text } of groupTexts(numbered(texts))) expect(whole.get(letter)).toBe(text);
      }),
      { seed: 4, numRuns: cases(500) },
    );
  });
});
