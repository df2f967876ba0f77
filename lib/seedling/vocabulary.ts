import { tokenize } from './tokenizer';

export type TokenId = number;
/** The two ids that are no text: where a passage begins, and where it ends. */
export const beginId: TokenId = 0;
export const endId: TokenId = 1;
/** Ids 2 to 257 are the 256 bytes, in which text outside the corpus is spelt. The model never writes them. */
const firstByteId = 2;
export const firstPieceId = firstByteId + 256;

/**
 * The tokens of a model: `pieces[id]` is the text of a token, '' for begin, end and the bytes; `longest` is the length of the
 * longest one.
 */
export type Vocabulary = { pieces: string[]; ids: Map<string, TokenId>; longest: number };

export function makeVocabulary(texts: Iterable<string>): Vocabulary {
  return listVocabulary([...new Set([...texts].flatMap(tokenize))]);
}

/** The vocabulary whose visible pieces are these, in this order. */
export function listVocabulary(visible: readonly string[]): Vocabulary {
  const pieces = [...Array<string>(firstPieceId).fill(''), ...visible];
  const longest = visible.reduce((most, { length }) => Math.max(most, length), 0);
  return { pieces, ids: new Map(visible.map((piece, index) => [piece, firstPieceId + index])), longest };
}

/** A text as token ids: visible pieces where the vocabulary has them, else their UTF-8 bytes. */
export function encode({ ids }: Vocabulary, text: string): TokenId[] {
  const bytes = (piece: string) => [...new TextEncoder().encode(piece)].map((byte) => firstByteId + byte);
  return tokenize(text).flatMap((piece) => ids.get(piece) ?? bytes(piece));
}

/** The bytes of one token in UTF-8; none for begin and end. */
export function tokenBytes({ pieces }: Vocabulary, id: TokenId): number[] {
  if (id >= firstByteId && id < firstPieceId) return [id - firstByteId];
  return [...new TextEncoder().encode(pieces[id] ?? '')];
}

/** The text of token ids. `decode(encode(text))` is the text for any well-formed string. */
export function decode(vocabulary: Vocabulary, tokens: readonly TokenId[]): string {
  return new TextDecoder().decode(Uint8Array.from(tokens.flatMap((id) => tokenBytes(vocabulary, id))));
}
