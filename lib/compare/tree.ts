import { groupTexts, type RunText } from './groups';
import { countWords, joinPieces, type Piece, splitWords } from './words';

/**
 * What all runs of a branch say until they part again. `word` is the number, from 1, of its first word in those texts;
 * `end` are the runs whose text ends here, with the letter of that text as groupTexts gives it.
 */
export type TreeNode = {
  text: string;
  word: number;
  words: number;
  runs: number[];
  end: { letter: string; runs: number[] } | null;
  children: TreeNode[];
};

/**
 * The prefix tree of texts by words: what all share, then a branch for each way in which they go on. Branches come with
 * most runs first. Along the path of a run, the texts of the nodes join to its text exactly.
 *
 *     'the cat sat' (runs 1, 2), 'the cat ran' (run 3), 'the cat' (run 4)
 *     →  'the cat' runs 1–4, run 4 ends
 *          ' sat' runs 1, 2
 *          ' ran' run 3
 *
 * It is true to how text is sampled: after a fork each run has its own history, so that branches never join again.
 * Each word of each distinct text is looked at once. Without texts there is no tree.
 */
export function prefixTree(texts: readonly RunText[]): TreeNode | null {
  const witnesses = groupTexts(texts).map(({ letter, runs, text }) => ({ letter, runs, pieces: splitWords(text) }));
  return witnesses.length === 0 ? null : grow(witnesses, 0, 1);
}

type Witness = { letter: string; runs: number[]; pieces: Piece[] };

function grow(witnesses: readonly Witness[], from: number, word: number): TreeNode {
  const to = forkOf(witnesses, from);
  const shared = (witnesses[0]?.pieces ?? []).slice(from, to);
  const words = countWords(shared);
  const ending = witnesses.find(({ pieces }) => pieces.length === to);
  const going = witnesses.filter(({ pieces }) => pieces.length > to);
  return {
    text: joinPieces(shared),
    word,
    words,
    runs: witnesses.flatMap(({ runs }) => runs).sort((a, b) => a - b),
    end: ending ? { letter: ending.letter, runs: ending.runs } : null,
    children: [...Map.groupBy(going, ({ pieces }) => pieces[to]?.text).values()]
      .map((branch) => grow(branch, to, word + words))
      .sort((a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0)),
  };
}

/** How many pieces all of them share, when they share those before `from`. */
function forkOf(witnesses: readonly Witness[], from: number): number {
  const [first, ...others] = witnesses;
  let to = from;
  while (first && to < first.pieces.length && others.every(({ pieces }) => pieces[to]?.text === first.pieces[to]?.text))
    to++;
  return to;
}
