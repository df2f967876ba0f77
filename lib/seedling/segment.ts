import { tokenize } from './tokenizer';
import { encode, type TokenId, type Vocabulary } from './vocabulary';

/**
 * A stretch of text as one token. What the vocabulary cannot write has the id of its first byte, after which no context
 * is known.
 */
export type SegmentedToken = { id: TokenId; token: string };

/**
 * Cuts a text into the tokens by which the model would have written it; joined, they are the text. A word that the
 * vocabulary has is one token. Any other is cut into as few known pieces as possible, since the model may put two side
 * by side without a space; a word that cannot be cut that way is one token with the id of a byte.
 *
 *     segment(vocabulary, 'A pianosnow')  →  'A' ' piano' 'snow'
 */
export const segment = (vocabulary: Vocabulary, text: string): SegmentedToken[] =>
  tokenize(text).flatMap((word) => fewestPieces(vocabulary, word) ?? [unknownWord(vocabulary, word)]);

/** Whether the model can write this token. */
export const isWritable = ({ pieces }: Vocabulary, { id, token }: SegmentedToken): boolean => pieces[id] === token;

const unknownWord = (vocabulary: Vocabulary, token: string): SegmentedToken => ({
  id: encode(vocabulary, token)[0] ?? 0,
  token,
});

/** Where a word is cut: how many pieces there are from here to its end, and the first of them. */
type Cut = { count: number; first: SegmentedToken };

/** The fewest known pieces that join to a word, the longest first piece deciding between equals; null if there are none. */
function fewestPieces(vocabulary: Vocabulary, word: string): SegmentedToken[] | null {
  /** by offset; nothing where the rest of the word has no pieces */
  const cuts: (Cut | undefined)[] = Array(word.length);
  for (let start = word.length - 1; start >= 0; start--) cuts[start] = bestCut(vocabulary, word, start, cuts);
  const pieces: SegmentedToken[] = [];
  for (let at = 0; at < word.length; ) {
    const first = cuts[at]?.first;
    if (!first) return null;
    pieces.push(first);
    at += first.token.length;
  }
  return pieces;
}

function bestCut(
  { ids, longest }: Vocabulary,
  word: string,
  start: number,
  cuts: readonly (Cut | undefined)[],
): Cut | undefined {
  let best: Cut | undefined;
  for (let end = Math.min(word.length, start + longest); end > start; end--) {
    const rest = end === word.length ? 0 : cuts[end]?.count;
    if (rest === undefined || (best && rest + 1 >= best.count)) continue;
    const token = word.slice(start, end);
    const id = ids.get(token);
    if (id !== undefined) best = { count: rest + 1, first: { id, token } };
  }
  return best;
}
