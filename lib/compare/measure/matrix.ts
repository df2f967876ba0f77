import { sharedPieces } from '@/lib/compare/align/fork';
import { type Group, groupTexts, type RunText } from '@/lib/compare/align/groups';
import { commonWith, likeTogether, maxWords, wordsOf } from '@/lib/compare/align/likeness';
import { countWords, joinPieces, splitWords } from '@/lib/compare/align/words';

/** A few words that tell a text from the others; `after` is how many of its words stand before them. */
type Opening = { after: number; text: string };

/**
 * How alike the distinct texts are, pair by pair, in an order in which similar ones are together. `percents[i][j]` is
 * that of `groups[i]` and `groups[j]`, for j < i. `openings` has one for each group. `leftOut` are the texts that the matrix has no room for, and how many
 * runs have them; `cutAt` is how many words of each text were looked at, if not all.
 */
export type Matrix = {
  groups: Group[];
  openings: Opening[];
  percents: number[][];
  leftOut: { texts: number; runs: number };
  cutAt: number | null;
};

/** More would neither be read nor fit on a screen: only the largest groups are kept. */
export const maxTexts = 24;

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
  const openings = openingsOf(groups);
  const order = likeTogether([...groups.keys()], percentOf);
  return {
    groups: order.flatMap((index) => groups[index] ?? []),
    openings: order.flatMap((index) => openings[index] ?? []),
    percents: order.map((a, i) => order.slice(0, i).map((b) => percentOf(a, b))),
    leftOut: { texts: rest.length, runs: rest.reduce((sum, { runs }) => sum + runs.length, 0) },
    cutAt: cut ? maxWords : null,
  };
}

const openingWords = 6;
/** How many of those stand before the place where a text parts from another. */
const leadingWords = 2;

/**
 * The words that name each text: its first ones, or if it begins like another, those around the place where it parts from the
 * last of the others.
 *
 *     'the old boat lay here', 'the old boat sank', 'a boat'  →  'old boat lay here' after 1 word, 'old boat sank' after 1, 'a boat'
 */
function openingsOf(groups: readonly Group[]): Opening[] {
  const texts = groups.map(({ text }) => splitWords(text));
  return texts.map((pieces, own) => {
    const parting = texts.reduce(
      (most, other, at) => (at === own ? most : Math.max(most, sharedPieces(pieces, other))),
      0,
    );
    const words = pieces.flatMap(({ word }, at) => (word ? [at] : []));
    const after = Math.max(0, countWords(pieces.slice(0, parting)) - leadingWords);
    const [from, end] = [after === 0 ? 0 : (words[after] ?? pieces.length), words[after + openingWords]];
    return { after, text: joinPieces(pieces.slice(from, end)).trim() };
  });
}

// Long texts may be alike as far as they were compared, and still differ.
const percent = (common: number, both: number, cut: boolean): number =>
  both === 0 ? 0 : Math.min(cut ? 99 : 100, Math.floor((200 * common) / both));
