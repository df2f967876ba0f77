import { tokenize } from './tokenizer';
import { encode, type TokenId, type Vocabulary } from './vocabulary';

/** A stretch of text as one token. What the vocabulary cannot write has the id of its first byte: no context is known. */
export type Piece = { id: TokenId; token: string };

/**
 * Reads a text as the model would have written it: the pieces join to it. A word that the vocabulary has is one piece.
 * Any other is cut into as few known ones as it can be, since the model may set two side by side without a space; what
 * cannot be cut so is one piece with the id of a byte.
 *
 *     segment(vocabulary, 'A pianosnow')  →  'A' ' piano' 'snow'
 */
export const segment = (vocabulary: Vocabulary, text: string): Piece[] =>
  tokenize(text).flatMap((word) => fewest(vocabulary, word) ?? [unknown(vocabulary, word)]);

/** Whether the model can write this piece. */
export const isWritable = ({ pieces }: Vocabulary, { id, token }: Piece): boolean => pieces[id] === token;

const unknown = (vocabulary: Vocabulary, token: string): Piece => ({ id: encode(vocabulary, token)[0] ?? 0, token });

/** The fewest known pieces that join to a word, of several such the one whose first pieces are longest; or null. */
function fewest({ ids }: Vocabulary, word: string): Piece[] | null {
  const whole = ids.get(word);
  if (whole !== undefined) return [{ id: whole, token: word }];
  /** by where they begin, the fewest pieces from there to the end */
  const from: (readonly Piece[] | null)[] = [...Array<null>(word.length).fill(null), []];
  for (let start = word.length - 1; start >= 0; start--)
    for (let end = word.length; end > start; end--) {
      const token = word.slice(start, end);
      const rest = from[end];
      const id = ids.get(token);
      if (id === undefined || !rest || rest.length + 1 >= (from[start]?.length ?? Number.POSITIVE_INFINITY)) continue;
      from[start] = [{ id, token }, ...rest];
    }
  return from[0] ? [...from[0]] : null;
}
