/** A piece of text that the diff moves as one: a word or a punctuation mark with the white space before it. */
export type Piece = { text: string; word: boolean };

// A fixed locale, so that the same text is cut alike everywhere. It does not limit the scripts that are known.
const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/**
 * Cuts a text into pieces whose join is the text again, exactly. White space goes with what follows it, so that a
 * moved word takes its space along; what stands at the very end is a piece of its own.
 *
 *     splitWords('Hi, you ')  →  'Hi'(word)  ','  ' you'(word)  ' '
 *
 * Words are those of Unicode's UAX #29 as Intl.Segmenter applies them (dictionaries for Thai, Chinese, Japanese).
 */
export function splitWords(text: string): Piece[] {
  const pieces: Piece[] = [];
  let space = '';
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    if (segment.trim() === '') {
      space += segment;
      continue;
    }
    pieces.push({ text: space + segment, word: isWordLike === true });
    space = '';
  }
  if (space !== '') pieces.push({ text: space, word: false });
  return pieces;
}

/** The text of pieces. */
export const joinPieces = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('');

/** How many of the pieces are words: punctuation and white space do not count. */
export const countWords = (pieces: readonly Piece[]): number => pieces.filter((piece) => piece.word).length;
