import { groupTexts, type RunText } from '@/lib/compare/align/groups';
import { countWords, joinPieces, type Piece, splitWords } from '@/lib/compare/align/words';
import type { TokenInfo } from '@/lib/run/events';
import { joinProbabilities, type Probability, type TokenOdds, tokenOdds } from './probability';

/** A text, with the tokens that made it where they are known. */
type SampledText = RunText & { tokens?: readonly TokenInfo[] | undefined };

/**
 * What all runs of a branch have until they part again. `word` is the number, from 1, of its first word in those texts;
 * `end` are the runs whose text ends here, with the letter of that text as groupTexts gives it. `probability` is what the
 * model gave, at the fork, to the tokens that tell this branch from the others; null where no run of it has its tokens.
 */
export type TreeNode = {
  text: string;
  word: number;
  words: number;
  runs: number[];
  probability: Probability | null;
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
 *
 * The probability of ' sat' is that of its first token, ' sat' or ' s'. Beside a branch ' said' it is that of the tokens
 * of ' sat' that reach as far as its 't', multiplied. Runs with other settings may have other figures: it is a range.
 */
export function prefixTree(texts: readonly SampledText[]): TreeNode | null {
  const tokensOf = new Map(texts.map(({ run, tokens }) => [run, tokens]));
  const split = groupTexts(texts).map(({ letter, runs, text }) => ({
    letter,
    runs,
    pieces: splitWords(text),
    odds: runs.flatMap((run) => {
      const tokens = tokensOf.get(run);
      return tokens ? (tokenOdds(text, tokens) ?? []) : [];
    }),
  }));
  return split.length === 0 ? null : grow(split, { piece: 0, word: 1, unit: 0 }, null);
}

/** How many branches of one fork a glance shows. */
export const branchesAtOnce = 12;

/**
 * What a glance at a tree shows: at most `max` of its nodes, from the root on, at most `forks` forks deep. The next node is always the one with the most
 * runs among the children of those taken before, the first one reached among equals. Of one fork there are at most
 * `branchesAtOnce` branches, and since branches are sorted by their runs, those are the first ones.
 *
 *     max = 3, of a root with branches of 5, 3 and 1 runs, where that of 5 forks into 4 and 1  →  root, 5, 4
 */
export function glance(root: TreeNode, max: number, forks = Number.POSITIVE_INFINITY): Set<TreeNode> {
  const taken = new Set<TreeNode>();
  const reached: Reached[] = [{ node: root, depth: 0 }];
  while (taken.size < max) {
    const next = reached.reduce<Reached | null>(
      (best, each) => (best && best.node.runs.length >= each.node.runs.length ? best : each),
      null,
    );
    if (!next) break;
    taken.add(next.node);
    reached.splice(reached.indexOf(next), 1);
    if (next.depth < forks)
      reached.push(...next.node.children.slice(0, branchesAtOnce).map((node) => ({ node, depth: next.depth + 1 })));
  }
  return taken;
}

/** A node with the number of forks before it. */
type Reached = { node: TreeNode; depth: number };

type SplitText = { letter: string; runs: number[]; pieces: Piece[]; odds: TokenOdds[] };
/** A place that texts share: how many pieces and UTF-16 units come before it, and the number of the word there. */
type Place = { piece: number; word: number; unit: number };

function grow(texts: readonly SplitText[], place: Place, probability: Probability | null): TreeNode {
  const { piece: from, word } = place;
  const to = forkOf(texts, from);
  const shared = (texts[0]?.pieces ?? []).slice(from, to);
  const words = countWords(shared);
  const ending = texts.find(({ pieces }) => pieces.length === to);
  const branches = Map.groupBy(
    texts.filter(({ pieces }) => pieces.length > to),
    ({ pieces }) => pieces[to]?.text ?? '',
  );
  const text = joinPieces(shared);
  const fork = { piece: to, word: word + words, unit: place.unit + text.length };
  const telling = tellingLengths([...branches.keys()]);
  return {
    text,
    word,
    words,
    runs: texts.flatMap(({ runs }) => runs).sort((a, b) => a - b),
    probability,
    end: ending ? { letter: ending.letter, runs: ending.runs } : null,
    children: [...branches]
      .map(([first, branch]) => grow(branch, fork, oddsOf(branch, fork.unit, telling.get(first) ?? 1)))
      .sort((a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0)),
  };
}

/** How many pieces all of them share, when they share those before `from`. */
function forkOf(texts: readonly SplitText[], from: number): number {
  const [first, ...others] = texts;
  let to = from;
  while (first && to < first.pieces.length && others.every(({ pieces }) => pieces[to]?.text === first.pieces[to]?.text))
    to++;
  return to;
}

function oddsOf(branch: readonly SplitText[], from: number, length: number): Probability | null {
  return joinProbabilities(branch.flatMap(({ odds }) => odds.map((oddsIn) => oddsIn(from, from + length))));
}

/**
 * How many UTF-16 units of each of several distinct words tell it from the others; all of them if the word is the beginning
 * of another. ' sat', ' said', ' ran' → 4, 4, 2
 */
function tellingLengths(words: readonly string[]): Map<string, number> {
  const sorted = words.toSorted((a, b) => (a < b ? -1 : 1));
  return new Map(
    sorted.map((word, index) => {
      const shared = Math.max(sharedStart(word, sorted[index - 1]), sharedStart(word, sorted[index + 1]));
      return [word, Math.min(word.length, shared + 1)];
    }),
  );
}

function sharedStart(a: string, b = ''): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}
