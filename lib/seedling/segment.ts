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

/** The fewest known pieces that join to a word, the longest first piece deciding between equals; null if there are none. */
function fewestPieces({ ids, longest }: Vocabulary, word: string): SegmentedToken[] | null {
  /** by offset, how many pieces there are from there to the end of the word, and the first of them */
  const from: ({ count: number; first: SegmentedToken } | undefined)[] = [];
  for (let start = word.length - 1; start >= 0; start--)
    for (let end = Math.min(word.length, start + longest); end > start; end--) {
      const rest = end === word.length ? 0 : from[end]?.count;
      if (rest === undefined || rest + 1 >= (from[start]?.count ?? Number.POSITIVE_INFINITY)) continue;
      const token = word.slice(start, end);
      const id = ids.get(token);
      if (id !== undefined) from[start] = { count: rest + 1, first: { id, token } };
    }
  const pieces: SegmentedToken[] = [];
  for (let at = 0; at < word.length; ) {
    const first = from[at]?.first;
    if (!first) return null;
    pieces.push(first);
    at += first.token.length;
  }
  return pieces;
}
