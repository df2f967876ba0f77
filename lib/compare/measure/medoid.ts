import type { Group } from '@/lib/compare/align/groups';
import { commonWith, maxWords, wordsOf } from './matrix';

const maxGroups = 40;

/**
 * The text in the middle: the one that is most like the texts of all runs, by the share of words that two have in common
 * in the same order; of equals the more common one. A medoid, as in Kaufman & Rousseeuw 1987. Groups beyond the
 * `maxGroups` largest and words beyond the first `maxWords` do not count, so that the work is bounded.
 *
 *     'the old red boat', 'the old boat', 'a boat'  →  'the old boat'
 */
export function medoid(groups: readonly Group[]): Group | null {
  const considered = groups.slice(0, maxGroups);
  const words = considered.map(({ text }) => wordsOf(text).slice(0, maxWords));
  let [best, highest] = [considered[0] ?? null, Number.NEGATIVE_INFINITY];
  for (const [at, group] of considered.entries()) {
    const likeness = likenessWith(words[at] ?? []);
    const all = considered.reduce((sum, { runs }, other) => sum + runs.length * likeness(words[other] ?? []), 0);
    if (all > highest) [best, highest] = [group, all];
  }
  return best;
}

/** Twice the words in common over the words of both, 0 to 1, of one text and any other. */
function likenessWith(words: readonly string[]): (other: readonly string[]) => number {
  const common = commonWith(words);
  return (other) => {
    const both = words.length + other.length;
    return both === 0 ? 1 : (2 * common(other)) / both;
  };
}
