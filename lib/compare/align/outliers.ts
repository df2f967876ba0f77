import type { Group } from './groups';
import { commonWith, maxWords, wordsOf } from './likeness';

/**
 * A text that shares little with the base: `shared` of the `of` words of the shorter of the two, in the same order. `first`: only so
 * many words of each were compared, as one of them has more; null if all were.
 */
export type Outlier = Group & { shared: number; of: number; first: number | null };

/** A text with less than this share in common with the base goes its own way throughout. */
const littleShare = 0.5;
/** Shorter texts can be read as they are. */
const minWords = 20;

/**
 * The texts that are unlike the others: they have less than half of the words of the shorter text in common with the base, in
 * the same order. In a table with the others each would be a difference of its own at every place. The base must have twenty words,
 * and at least two texts, of more than half of all runs, must be left, or none is an outlier: then there is nothing
 * that most texts share. Of each text the first `maxWords` words count.
 *
 *     base 'The boat lay …' (A, 40 words), B with 37 of them, C with 9 of its 35 words in the order of A  →  C: 9 of 35
 */
export function outliersOf(base: Group, groups: readonly Group[]): Outlier[] {
  const allBaseWords = wordsOf(base.text);
  const baseWords = allBaseWords.slice(0, maxWords);
  if (baseWords.length < minWords) return [];
  const common = commonWith(baseWords);
  const measured = groups.map((group) => {
    const allWords = wordsOf(group.text);
    const words = allWords.slice(0, maxWords);
    const first = Math.max(allWords.length, allBaseWords.length) > maxWords ? maxWords : null;
    return { ...group, shared: common(words), of: Math.min(words.length, baseWords.length), first };
  });
  const [unlike, like] = [measured.filter(isUnlike), measured.filter((text) => !isUnlike(text))];
  return like.length >= 2 && runsOf(like) > runsOf(unlike) ? unlike : [];
}

const isUnlike = ({ shared, of }: Outlier): boolean => shared < littleShare * of || of === 0;

const runsOf = (groups: readonly Group[]): number => groups.reduce((sum, { runs }) => sum + runs.length, 0);
