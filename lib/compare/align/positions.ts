import { type EqualityMode, equalityModes, firstEqualMode, isTextMode, lettersOf } from './equality';
import type { Group } from './groups';
import { splitWords } from './words';

/** What some texts have in a place; null for nothing. `letters` name those texts as groupTexts does. */
export type PositionVariant = { text: string | null; runs: number[]; letters: string[] };
/**
 * A place where not all texts agree: `from` up to `to` in UTF-16 units of the base text, the same where something is
 * only put in. `word` is the number, from 1, of the word that begins there, or would come next; `before` and `after` are the words
 * around it in the base. `mode` is the first of the text modes under which the variants, in their place, are equal: null if they
 * differ in what they say. `at` is its index among the segments of the alignment. The variant of most runs comes first.
 */
export type Position = {
  at: number;
  word: number;
  before: string;
  after: string;
  from: number;
  to: number;
  mode: EqualityMode | null;
  variants: PositionVariant[];
};

/** How many of the words before and after it a position shows. */
export const contextWords = 5;

type Place = { from: number; to: number };

/** The distinct readings of a place; `cells` are what the texts have there, '' for nothing. */
export function variantsOf(texts: readonly Group[], cells: readonly string[]): PositionVariant[] {
  const rows = texts.map(({ letter, runs }, row) => ({ letter, runs, text: cells[row] || null }));
  return [...Map.groupBy(rows, ({ text }) => text)]
    .map(([text, those]) => ({
      text,
      runs: those.flatMap(({ runs }) => runs).sort((a, b) => a - b),
      letters: those.map(({ letter }) => letter).sort(byAlphabet),
    }))
    .sort((a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0));
}

/** Z comes before AA. */
const byAlphabet = (a: string, b: string): number => a.length - b.length || (a < b ? -1 : 1);

const textModes = equalityModes.filter(isTextMode);
/** What is this near, in UTF-16 units, can change what a mark is: the '-' of '-5' is no punctuation. */
const vicinity = 32;

/** The first of the text modes under which the readings of a place are equal where they stand; null if none. */
export function modeOf(base: string, { from, to }: Place, variants: readonly PositionVariant[]): EqualityMode | null {
  // Most places differ in words, which is quickly found out.
  const letters = lettersOf(variants[0]?.text ?? '');
  if (variants.some(({ text }) => lettersOf(text ?? '') !== letters)) return null;
  const [before, after] = [base.slice(Math.max(0, from - vicinity), from), base.slice(to, to + vicinity)];
  return firstEqualMode(
    variants.map(({ text }) => before + (text ?? '') + after),
    {},
    textModes,
  );
}

/** Says which word is at a place of a text, and which words are before and after it. */
export function contextIn(text: string): (place: Place) => Pick<Position, 'word' | 'before' | 'after'> {
  const [starts, ends]: [number[], number[]] = [[], []];
  let end = 0;
  for (const piece of splitWords(text)) {
    if (piece.word) starts.push(end);
    end += piece.text.length;
    if (piece.word) ends.push(end);
  }
  return ({ from, to }) => {
    const [before, after] = [firstAt(starts, from), firstAt(starts, to)];
    return {
      word: before + 1,
      before: text.slice(starts[Math.max(0, before - contextWords)] ?? 0, from).trimStart(),
      after: text.slice(to, ends[Math.min(ends.length, after + contextWords) - 1] ?? to),
    };
  };
}

/** The index of the first of rising numbers that is at least `least`; their count if there is none. */
function firstAt(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
