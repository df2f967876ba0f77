import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, kin, plainWords } from '@/lib/compare/__fixtures__/texts';
import { type Alignment, alignTexts, cellsOf, type Segment } from './alignment';
import { groupTexts } from './groups';
import { countWords, splitWords } from './words';

const numbered = (texts: readonly string[]) => texts.map((text, index) => ({ run: index + 1, text }));
const of = (...texts: string[]) => alignTexts(numbered(texts));
const shown = ({ segments }: Alignment) =>
  segments.map((segment) =>
    segment.kind === 'shared'
      ? [segment.word, segment.words, segment.text]
      : segment.variants.map(({ text, letters }) => [text, letters.join('')]),
  );

/** What a run reads on its way through the graph. */
const path = ({ segments }: Alignment, run: number): string =>
  segments
    .map((segment) =>
      segment.kind === 'shared' ? segment.text : (segment.variants.find(({ runs }) => runs.includes(run))?.text ?? ''),
    )
    .join('');

const lists = fc.oneof(
  fc.array(anyText, { maxLength: 6 }),
  fc.array(plainWords, { maxLength: 8 }),
  kin(anyText, { minLength: 1, maxLength: 5 }),
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
    expect(of()).toEqual({ alignedTexts: [], segments: [] });
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

  it('never has two shared stretches, or two positions, side by side', () => {
    fc.assert(
      fc.property(lists, (texts) => {
        const kinds = of(...texts).segments.map(({ kind }) => kind);
        expect(kinds.every((kind, index) => kind !== kinds[index + 1])).toBe(true);
      }),
      { seed: 2, numRuns: cases(1000) },
    );
  });

  it('numbers the words of shared stretches as the base has them', () => {
    fc.assert(
      fc.property(fc.array(plainWords, { minLength: 1, maxLength: 8 }), (texts) => {
        const base = groupTexts(numbered(texts))[0]?.text ?? '';
        for (const segment of of(...texts).segments) {
          if (segment.kind === 'position') continue;
          expect(segment.word).toBe(countWords(splitWords(base.slice(0, segment.from))) + 1);
          expect(segment.words).toBe(countWords(splitWords(segment.text)));
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
    word: 1,
    before: '',
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
        const { alignedTexts: rows, segments } = of(...texts);
        const read = rows.map((_, row) =>
          segments
            .map((segment) => {
              const covering = cellsOf(segment, rows).filter((cell) => cell.row <= row && row < cell.row + cell.span);
              expect(covering).toHaveLength(1);
              return covering[0]?.text ?? '';
            })
            .join(''),
        );
        expect(read).toEqual(groupTexts(numbered(texts)).map(({ text }) => text));
      }),
      { seed: 4, numRuns: cases(500) },
    );
  });
});
