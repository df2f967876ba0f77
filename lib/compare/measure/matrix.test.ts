import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { anyText, plainWords } from '@/lib/compare/__fixtures__/texts';
import { groupTexts } from '@/lib/compare/align/groups';
import { maxWords } from '@/lib/compare/align/likeness';
import { splitWords } from '@/lib/compare/align/words';
import { type Matrix, maxTexts, similarityMatrix } from './matrix';

const numbered = (texts: readonly string[]) => texts.map((text, index) => ({ run: index + 1, text }));
const matrix = (...texts: string[]) => similarityMatrix(numbered(texts));
const letters = ({ groups }: Matrix) => groups.map(({ letter }) => letter).join('');

/** The length of the longest common subsequence, by the plain table. */
function common(a: readonly string[], b: readonly string[]): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    for (const [j, y] of b.entries()) next.push(x === y ? (row[j] ?? 0) + 1 : Math.max(row[j + 1] ?? 0, next[j] ?? 0));
    row = next;
  }
  return row.at(-1) ?? 0;
}

function plainPercent(a: string, b: string): number {
  const [x, y] = [a, b].map((text) =>
    splitWords(text)
      .filter(({ word }) => word)
      .map((piece) => piece.text.trim()),
  );
  if (!x || !y || x.length + y.length === 0) return 0;
  return Math.floor((200 * common(x, y)) / (x.length + y.length));
}

describe('the similarity of texts', () => {
  it('is what both have in common, in an order that keeps like ones together', () => {
    const found = matrix('the old red boat', 'a small green house', 'the old boat');
    expect(letters(found)).toBe('ACB');
    expect(found.percents).toEqual([[], [85], [0, 0]]);
    expect(found).toMatchObject({ leftOut: { texts: 0, runs: 0 }, cutAt: null });
  });

  it('counts words, and neither punctuation nor spacing', () => {
    expect(
      matrix('A snail that is never in a hurry.', 'I pick the turtle, because it carries its house.').percents,
    ).toEqual([[], [0]]);
    expect(matrix('(B) II only.', 'B) II  only').percents).toEqual([[], [100]]);
    expect(matrix('…', '!').percents).toEqual([[], [0]]);
  });

  it('needs at least one text', () => {
    expect(matrix()).toEqual({ groups: [], openings: [], percents: [], leftOut: { texts: 0, runs: 0 }, cutAt: null });
    expect(matrix('x', 'x').percents).toEqual([[]]);
    expect(matrix('', 'x').percents).toEqual([[], [0]]);
  });

  it('names each text by its first words, or by those with which it parts from another', () => {
    const opening = (...texts: string[]) => {
      const { groups, openings } = matrix(...texts);
      return Object.fromEntries(groups.map(({ letter }, at) => [letter, openings[at]]));
    };
    expect(
      opening('once the old boat lay here', 'once the old boat sank', 'a red boat, and so on and on', 'a'),
    ).toEqual({
      A: { after: 2, text: 'old boat lay here' },
      B: { after: 2, text: 'old boat sank' },
      C: { after: 0, text: 'a red boat, and so on' },
      D: { after: 0, text: 'a' },
    });
    expect(opening('a b c', 'a b c d')).toEqual({ A: { after: 1, text: 'b c' }, B: { after: 1, text: 'b c d' } });
    expect(opening('', 'x')).toEqual({ A: { after: 0, text: '' }, B: { after: 0, text: 'x' } });
  });

  it('puts similar texts side by side', () => {
    const [red, blue] = [
      ['the red boat is out at sea', 'the red boat is out at night', 'the red boat is up at sea'],
      ['one small blue house we know', 'one small blue house we had', 'one tall blue house we know'],
    ];
    const order = letters(matrix(...[0, 1, 2].flatMap((index) => [red?.[index] ?? '', blue?.[index] ?? ''])));
    expect([...order.slice(0, 3)].toSorted().join('')).toBe('ACE');
    expect([...order.slice(3)].toSorted().join('')).toBe('BDF');
  });

  it('keeps the largest groups where there is no room for all', () => {
    const texts = Array.from({ length: 60 }, (_, index) => `text ${index}`);
    const found = matrix(...texts, 'text 59', 'text 59', 'text 58', 'text 58');
    expect(found.groups).toHaveLength(maxTexts);
    expect(found.leftOut).toEqual({ texts: 60 - maxTexts, runs: 60 - maxTexts });
    expect(found.groups.filter(({ letter }) => letter === 'A' || letter === 'B').map(({ text }) => text)).toEqual(
      expect.arrayContaining(['text 58', 'text 59']),
    );
  });

  it('never is 100 for texts that differ only late, and says how far it was compared', () => {
    const long = 'go '.repeat(maxWords + 5);
    const found = matrix(`${long}on`, `${long}off`);
    expect(found).toMatchObject({ percents: [[], [99]], cutAt: maxWords });
  });

  it('is quick for as many long texts as it takes, with no words in the same order', () => {
    const texts = Array.from({ length: maxTexts }, (_, row) =>
      Array.from({ length: maxWords }, (_, index) => `w${(index * (row + 7) * 31 + row * 17) % 211}`).join(' '),
    );
    expect(matrix(...texts).groups).toHaveLength(maxTexts);
  });

  it('is that of a plain table', () => {
    const lists = fc.oneof(fc.array(anyText, { maxLength: 5 }), fc.array(plainWords, { maxLength: 8 }));
    fc.assert(
      fc.property(lists, (texts) => {
        const { groups, percents } = matrix(...texts);
        const expected = groups.map((a, i) => groups.slice(0, i).map((b) => plainPercent(a.text, b.text)));
        expect(percents).toEqual(expected);
      }),
      { seed: 1, numRuns: cases(1000) },
    );
  });

  it('has every distinct text once, whatever the order of the runs', () => {
    fc.assert(
      fc.property(fc.array(plainWords, { maxLength: 12 }), (texts) => {
        const found = matrix(...texts);
        const sorted = found.groups.toSorted(
          (a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0),
        );
        expect(sorted).toEqual(groupTexts(numbered(texts)));
        expect(similarityMatrix(numbered(texts).toReversed())).toEqual(found);
        expect(found.percents.flat().every((each) => each >= 0 && each <= 100)).toBe(true);
      }),
      { seed: 2, numRuns: cases(500) },
    );
  });
});
