import { type Group, groupTexts, type RunText } from '@/lib/compare/align/groups';
import { alignWords, WordIndex } from '@/lib/compare/align/lcs';
import { splitWords } from '@/lib/compare/align/words';

/**
 * How alike the distinct texts are, pair by pair, in an order in which similar ones are together. `percents[i][j]` is
 * that of `groups[i]` and `groups[j]`, for j < i. `leftOut` are the texts that the matrix has no room for, and how many
 * runs have them; `cutAt` is how many words of each text were looked at, if not all.
 */
export type Matrix = {
  groups: Group[];
  percents: number[][];
  leftOut: { texts: number; runs: number };
  cutAt: number | null;
};

/** More would neither be read nor fit on a screen: only the largest groups are kept. */
export const maxTexts = 30;
/** Bounds the work for long texts: how alike they are up to there says enough. */
export const maxWords = 1000;

/**
 * Similarity of all pairs of distinct texts: twice the words that both have in the same order (the longest common
 * subsequence), per cent of the words of both together, rounded down. Marks and white space do not count, so 100 means the same
 * words, written otherwise; of texts that are cut it is never said.
 *
 *     A 'the old red boat', B 'a small green house', C 'the old boat'  →  A C B, C–A 85, B–A 0, B–C 0
 */
export function similarityMatrix(texts: readonly RunText[]): Matrix {
  const all = groupTexts(texts);
  const groups = all.slice(0, maxTexts);
  const rest = all.slice(maxTexts);
  const words = groups.map(({ text }) => wordsOf(text));
  const cut = words.some((list) => list.length > maxWords);
  const heads = words.map((list) => list.slice(0, maxWords));
  const percents = heads.map((a, i) => {
    const common = commonWith(a);
    return heads.slice(0, i).map((b) => percent(common(b), a.length + b.length, cut));
  });
  const percentOf = (a: number, b: number): number => percents[Math.max(a, b)]?.[Math.min(a, b)] ?? 0;
  const order = likeTogether(groups.length, percentOf);
  return {
    groups: order.flatMap((index) => groups[index] ?? []),
    percents: order.map((a, i) => order.slice(0, i).map((b) => percentOf(a, b))),
    leftOut: { texts: rest.length, runs: rest.reduce((sum, { runs }) => sum + runs.length, 0) },
    cutAt: cut ? maxWords : null,
  };
}

// Long texts may be alike as far as they were compared, and still differ.
const percent = (common: number, both: number, cut: boolean): number =>
  both === 0 ? 0 : Math.min(cut ? 99 : 100, Math.floor((200 * common) / both));

/** The words of a text, without marks and white space. */
export const wordsOf = (text: string): string[] =>
  splitWords(text).flatMap((piece) => (piece.word ? [piece.text.trim()] : []));

/** Counts the words that one text and any other have in the same order: their longest common subsequence. */
export function commonWith(text: readonly string[]): (other: readonly string[]) => number {
  const index = new WordIndex(text);
  return (other) => alignWords(index, other).reduce((sum, { length }) => sum + length, 0);
}

type Likeness = (a: number, b: number) => number;

/**
 * An order in which similar things are neighbours: the rows that are most alike on average are joined first, by the
 * ends that are most alike. Of equals the first wins, so that the order is always the same.
 */
function likeTogether(count: number, likeness: Likeness): number[] {
  let rows = Array.from({ length: count }, (_, index) => [index]);
  while (rows.length > 1) {
    const [a = [], b = []] = mostAlike(rows, likeness);
    const joined = endToEnd(a, b, likeness);
    rows = rows.filter((row) => row !== b).map((row) => (row === a ? joined : row));
  }
  const [row = []] = rows;
  return row.indexOf(0) * 2 < row.length ? row : row.toReversed();
}

function mostAlike(rows: readonly number[][], likeness: Likeness): number[][] {
  let best: number[][] = [];
  let highest = Number.NEGATIVE_INFINITY;
  for (const [i, a] of rows.entries())
    for (const b of rows.slice(i + 1)) {
      const mean = a.reduce((sum, x) => b.reduce((all, y) => all + likeness(x, y), sum), 0) / (a.length * b.length);
      if (mean <= highest) continue;
      best = [a, b];
      highest = mean;
    }
  return best;
}

function endToEnd(a: readonly number[], b: readonly number[], likeness: Likeness): number[] {
  const [first, ...others] = [a, a.toReversed()].flatMap((left) =>
    [b, b.toReversed()].map((right) => ({
      row: [...left, ...right],
      likeness: likeness(left.at(-1) ?? 0, right[0] ?? 0),
    })),
  );
  return others.reduce((best, each) => (best && best.likeness >= each.likeness ? best : each), first)?.row ?? [];
}
