import { firstMergedId } from '../../lib/sapling/tokenizer.ts';

/** Finds the pairs to join in a corpus: always the commonest, and of equals the one whose ids are smaller. */
export function learnMerges(counts: ReadonlyMap<string, number>, size: number): [number, number][] {
  const encoder = new TextEncoder();
  const words = [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([word, count]) => ({ ids: [...encoder.encode(word)], count }));
  const pairs = new Map<number, number>();
  const holders = new Map<number, Set<number>>();
  const add = (at: number, sign: 1 | -1): void => {
    const { ids, count } = words[at] ?? { ids: [], count: 0 };
    for (let index = 0; index + 1 < ids.length; index++) {
      const key = keyOf(ids[index] ?? 0, ids[index + 1] ?? 0);
      pairs.set(key, (pairs.get(key) ?? 0) + sign * count);
      if (sign === 1) holders.set(key, (holders.get(key) ?? new Set()).add(at));
    }
  };
  for (const at of words.keys()) add(at, 1);
  const merges: [number, number][] = [];
  for (let id = firstMergedId; id < size; id++) {
    let [best, most] = [-1, 1];
    for (const [key, count] of pairs)
      if (count > most || (count === most && count > 1 && key < best)) [best, most] = [key, count];
    if (best < 0) break;
    const [left, right] = [Math.floor(best / 65_536), best % 65_536];
    merges.push([left, right]);
    for (const at of [...(holders.get(best) ?? [])].sort((a, b) => a - b)) {
      add(at, -1);
      merge(words[at]?.ids ?? [], left, right, id);
      add(at, 1);
    }
    pairs.delete(best);
  }
  return merges;
}

function merge(ids: number[], left: number, right: number, id: number): void {
  for (let index = 0; index + 1 < ids.length; index++) {
    if (ids[index] === left && ids[index + 1] === right) ids.splice(index, 2, id);
  }
}

const keyOf = (left: number, right: number): number => left * 65_536 + right;
