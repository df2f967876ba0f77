import type { Group } from './groups';
import { alignWords, WordIndex } from './lcs';
import { splitWords } from './words';

/** How alike two of several things are, by their places in a list: higher is more alike. */
export type Likeness = (a: number, b: number) => number;

/** The words of a text, without marks and white space. */
export const wordsOf = (text: string): string[] =>
  splitWords(text).flatMap((piece) => (piece.word ? [piece.text.trim()] : []));

/** Counts the words that one text and any other have in the same order: their longest common subsequence. */
export function commonWith(text: readonly string[]): (other: readonly string[]) => number {
  const index = new WordIndex(text);
  return (other) => alignWords(index, other).reduce((sum, { length }) => sum + length, 0);
}

/** Bounds the work for many and for long texts: more say nothing else. */
const maxCompared = 40;
export const maxWords = 1000;

/**
 * How alike the first `maxCompared` groups are, pair by pair: twice the words that two texts have in common in the same order,
 * over the words of both, 0 to 1. Of each text the first `maxWords` words count.
 */
export function likenessOf(groups: readonly Group[]): Likeness {
  const words = groups.slice(0, maxCompared).map(({ text }) => wordsOf(text).slice(0, maxWords));
  const rows = words.map((a, i) => {
    const common = commonWith(a);
    return words.slice(0, i).map((b) => (a.length + b.length === 0 ? 1 : (2 * common(b)) / (a.length + b.length)));
  });
  return (a, b) => (a === b ? 1 : (rows[Math.max(a, b)]?.[Math.min(a, b)] ?? 0));
}

/**
 * The text in the middle: the one that is most like the texts of all runs; of equals the more common one. A
 * medoid, as in Kaufman & Rousseeuw 1987. Null without texts.
 *
 *     'the old red boat', 'the old boat', 'a boat'  →  'the old boat'
 */
export function medoid(groups: readonly Group[], likeness = likenessOf(groups)): Group | null {
  const considered = groups.slice(0, maxCompared);
  let [best, highest] = [considered[0] ?? null, Number.NEGATIVE_INFINITY];
  for (const [at, group] of considered.entries()) {
    const all = considered.reduce((sum, { runs }, other) => sum + runs.length * likeness(at, other), 0);
    if (all > highest) [best, highest] = [group, all];
  }
  return best;
}

/**
 * An order of things in which similar ones are neighbours: the rows that are most alike on average are joined first, by the
 * ends that are most alike. Of equals the first wins, so that the order is always the same. Things beyond the first
 * `maxCompared` stay as they are, at the end: the work grows with the third power.
 */
export function likeTogether(members: readonly number[], likeness: Likeness): number[] {
  return [...rowOf(members.slice(0, maxCompared), likeness), ...members.slice(maxCompared)];
}

function rowOf(members: readonly number[], likeness: Likeness): number[] {
  let rows = members.map((each) => [each]);
  while (rows.length > 1) {
    const [a = [], b = []] = mostAlike(rows, likeness);
    const joined = endToEnd(a, b, likeness);
    rows = rows.filter((row) => row !== b).map((row) => (row === a ? joined : row));
  }
  const [row = []] = rows;
  return row.indexOf(members[0] ?? 0) * 2 < row.length ? row : row.toReversed();
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

/**
 * An order that begins with one thing, in which each is the one most like any before it: the way of Prim's minimum
 * spanning tree. Of equals the first wins.
 */
export function outwards(from: number, members: readonly number[], likeness: Likeness): number[] {
  const order = [from];
  const nearest = new Map(members.filter((each) => each !== from).map((each) => [each, likeness(from, each)]));
  while (nearest.size > 0) {
    const [next] = [...nearest].reduce((best, each) => (each[1] > best[1] ? each : best));
    nearest.delete(next);
    order.push(next);
    for (const [each, likest] of nearest) nearest.set(each, Math.max(likest, likeness(next, each)));
  }
  return order;
}
