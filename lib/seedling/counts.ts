import type { Passage } from './corpus';
import { indexPassages, type RelevanceIndex } from './relevance';
import { beginId, encode, endId, makeVocabulary, type TokenId, type Vocabulary } from './vocabulary';

/** How many tokens of context the model looks back at: n-grams of 4. */
export const contextLength = 3;

/** Discounts for n-grams counted once, twice, three times or more. */
export type Discounts = [once: number, twice: number, more: number];

/**
 * Everything that is known about the corpus. Counts are stored as positions, not sums, so that a prompt can weigh each
 * passage before they are added up. Arrays have one entry per position in the corpus, passages one after the other.
 */
export type Counts = {
  vocabulary: Vocabulary;
  index: RelevanceIndex;
  tokens: Uint16Array;
  /** the passage that a position belongs to */
  passageOf: Uint16Array;
  /**
   * Positions sorted by the token before them, then by the one before that, and so on: positions that follow the same
   * context, of whatever length, are neighbours.
   */
  sorted: Uint32Array;
  /** per context length: how many occurrences share an n-gram's count (see `shareCounts`) */
  sharedBy: Uint16Array[];
  /** per context length */
  discounts: Discounts[];
};

/**
 * Counts the n-grams of a corpus: modified Kneser-Ney smoothing (Chen & Goodman 1998, "An Empirical Study of Smoothing
 * Techniques for Language Modeling", section 3) over visible tokens.
 */
export function train(passages: readonly Passage[]): Counts {
  const vocabulary = makeVocabulary(passages.map(({ text }) => text));
  const tokens: TokenId[] = [];
  const passageOf: number[] = [];
  passages.forEach(({ text }, passage) => {
    const all = [...Array<TokenId>(contextLength).fill(beginId), ...encode(vocabulary, text), endId];
    tokens.push(...all);
    passageOf.push(...all.map(() => passage));
  });
  const counts: Counts = {
    vocabulary,
    index: indexPassages(passages),
    tokens: Uint16Array.from(tokens),
    passageOf: Uint16Array.from(passageOf),
    sorted: sortByContext(tokens),
    sharedBy: [],
    discounts: [],
  };
  for (let length = 0; length <= contextLength; length++) {
    counts.sharedBy.push(shareCounts(counts, length));
    counts.discounts.push(findDiscounts(counts, length));
  }
  return counts;
}

function sortByContext(tokens: readonly TokenId[]): Uint32Array {
  const positions = Array.from(tokens.keys()).filter((at) => tokens[at] !== beginId);
  positions.sort((a, b) => {
    for (let back = 1; back <= contextLength; back++) {
      const difference = (tokens[a - back] ?? 0) - (tokens[b - back] ?? 0);
      if (difference !== 0) return difference;
    }
    return a - b;
  });
  return Uint32Array.from(positions);
}

/** A stretch [from, to) of `Counts.sorted`: positions that follow one context. */
export type SortedRange = { from: number; to: number };

/** Narrows a stretch of positions whose last `back - 1` tokens agree to those whose `back`th token before is `id`. */
export function narrow({ sorted, tokens }: Counts, { from, to }: SortedRange, back: number, id: TokenId): SortedRange {
  const firstAtLeast = (wanted: TokenId): number => {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((tokens[(sorted[middle] ?? 0) - back] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return { from: firstAtLeast(id), to: firstAtLeast(id + 1) };
}

/**
 * Kneser and Ney count an n-gram below the highest order by how many different tokens come before it, not by how often
 * it occurs: "York" is common but follows only "New". So occurrences with the same token before them share one count;
 * this gives how many share it. At the highest order, and where a passage begins, each occurrence counts for itself.
 */
function shareCounts({ tokens }: Counts, length: number): Uint16Array {
  const shares = new Uint16Array(tokens.length).fill(1);
  if (length === contextLength) return shares;
  const occurrences = new Map<string, number>();
  const keys = Array.from(tokens.keys(), (at) => tokens.subarray(Math.max(0, at - length - 1), at + 1).join());
  for (const key of keys) occurrences.set(key, (occurrences.get(key) ?? 0) + 1);
  for (const [at, key] of keys.entries())
    if (length === 0 || tokens[at - length] !== beginId) shares[at] = occurrences.get(key) ?? 1;
  return shares;
}

/**
 * Kneser and Ney's discounts make held-out text likeliest. On a corpus this small that leaves half of the probability to
 * words that never followed, which reads as noise. So only part of each discount is applied, least of all where the next
 * shorter context is none at all. By context length; 1 is the textbook's.
 */
const discountScale = [1, 0.05, 0.3, 0.6];

/** The three discounts of modified Kneser-Ney, by how many n-grams are counted once, twice, three and four times. */
function findDiscounts({ tokens, sorted, sharedBy }: Counts, length: number): Discounts {
  const counts = new Map<string, number>();
  for (const at of sorted) {
    const key = tokens.subarray(at - length, at + 1).join();
    counts.set(key, (counts.get(key) ?? 0) + 1 / (sharedBy[length]?.[at] ?? 1));
  }
  const having = (n: number) => [...counts.values()].filter((count) => Math.round(count) === n).length;
  const [one, two, three, four] = [having(1), having(2), having(3), having(4)];
  const y = one / (one + 2 * two || 1);
  const discount = (count: number, of: number, next: number) =>
    (discountScale[length] ?? 1) * Math.min(Math.max(count - ((count + 1) * y * next) / (of || 1), 0), count);
  return [discount(1, one, two), discount(2, two, three), discount(3, three, four)];
}
