/** A piece of text that the diff moves as one: a word or a punctuation mark with the white space before it. */
export type Piece = { readonly text: string; readonly word: boolean };

// A fixed locale, so that the same text is split alike everywhere. It does not limit the scripts. Made at the first use: that
// takes a phone 60 ms, and many a text needs it nowhere.
let segmenter: Intl.Segmenter | undefined;

/**
 * What most English is made of, where the rules of UAX #29 are plain: white space, words with or without apostrophes, marks
 * that never join what is beside them, and marks that join only if a letter or digit follows.
 */
const plain = /[ \n]+|[A-Za-z0-9]+(?:(?<=[A-Za-z])['’](?=[A-Za-z])[A-Za-z0-9]+)*|[!?()"“”—…-]|[.,;:'’](?![A-Za-z0-9])/y;

type Segment = { segment: string; index: number; isWordLike?: boolean };

/** The segments of a chunk in which everything is plain, else null. */
function plainSegments(chunk: string): Segment[] | null {
  const segments: Segment[] = [];
  for (let index = 0; index < chunk.length; index = plain.lastIndex) {
    plain.lastIndex = index;
    const segment = plain.exec(chunk)?.[0];
    if (segment === undefined) return null;
    segments.push({ segment, index, isWordLike: /^\w/.test(segment) });
  }
  return segments;
}

/**
 * A colon, or a full stop that is not between digits. Older data of Unicode join 'file.txt' and 'a:b' to one word, newer do not,
 * and server and browser rarely have the same: a mark that never joins stands for it.
 */
const stop = () => /[:﹕：]|(?<!\p{Nd})[.．]|[.．](?!\p{Nd})/gu;

/** The segments of a chunk: where they begin, and how long they are; stops may be drawn otherwise in them. */
function segmentsOf(chunk: string): Iterable<Segment> {
  const segments = plainSegments(chunk);
  if (segments) return segments;
  segmenter ??= new Intl.Segmenter('en', { granularity: 'word' });
  return segmenter.segment(chunk.replace(stop(), '!'));
}

/**
 * Splits a text into pieces that join to the text again, exactly. White space goes with what follows it, so that a moved
 * word takes its space along; at the very end it is a piece of its own.
 *
 *     splitWords('Hi, you ')  →  'Hi'(word)  ','  ' you'(word)  ' '
 *
 * Words are those of Unicode's UAX #29 as Intl.Segmenter applies them (dictionaries for Thai, Chinese, Japanese), but that no
 * full stop or colon joins letters.
 */
export const splitWords = (text: string): Piece[] => splitStart(text, text.length);

/** The first pieces of `splitWords(text)`: all that begin at or before a place (in UTF-16 units), and few others. */
export function splitStart(text: string, enough: number): Piece[] {
  const pieces: Piece[] = [];
  for (let from = 0; from < text.length && from <= enough; ) {
    const end = seamAfter(text, from);
    for (const piece of cutChunk(text.slice(from, end), enough - from)) pieces.push(piece);
    from = end;
  }
  return pieces;
}

// Texts are made of the same few thousand words, and growing texts of what they were: most chunks were split before.
const longestChunk = 64;
/** A few megabytes at most. */
const maxChunks = 2 ** 14;
const chunks = new Map<string, readonly Piece[]>();

/** The pieces of what lies between two seams, mostly a word and the marks that follow it. */
function cutChunk(chunk: string, enough: number): readonly Piece[] {
  if (chunk.length > longestChunk) return segmented(chunk, enough);
  const known = chunks.get(chunk);
  if (known) return known;
  const pieces = segmented(chunk, chunk.length);
  if (chunks.size >= maxChunks) chunks.clear();
  chunks.set(chunk, pieces);
  return pieces;
}

function segmented(chunk: string, enough: number): Piece[] {
  const pieces: Piece[] = [];
  let space = '';
  for (const { segment: found, isWordLike, index } of segmentsOf(chunk)) {
    const segment = chunk.slice(index, index + found.length);
    if (space === '' && index > enough) return pieces;
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

/** Space, tab, line feed, carriage return, and the full stops 。！？ of Chinese and Japanese. */
function opensPiece(unit: number): boolean {
  if (unit <= 0x20) return unit === 0x20 || unit === 0x0a || unit === 0x0d || unit === 0x09;
  return unit >= 0x3002 && (unit === 0x3002 || unit === 0xff01 || unit === 0xff1f);
}

/**
 * Whether a text may be cut before a place (in UTF-16 units) and each half be split on its own: no rule of UAX #29 joins
 * or looks across it, whatever comes next. That is so before white space and full stops that are only ever that, if no
 * white space stands before them.
 *
 *     splitWords('a 3.14')  is  splitWords('a'), then splitWords(' 3.14'):  isSeam('a 3.14', 1)
 */
export const isSeam = (text: string, at: number): boolean =>
  opensPiece(text.charCodeAt(at)) && (text[at - 1] ?? '').trim() !== '';

/** The last seam before a place, or the text's start. */
export function seamBefore(text: string, place: number): number {
  for (let at = place - 1; at > 0; at--) if (isSeam(text, at)) return at;
  return 0;
}

/** The first seam after a place, or the text's end. */
export function seamAfter(text: string, place: number): number {
  for (let at = place + 1; at < text.length; at++) if (isSeam(text, at)) return at;
  return text.length;
}

/** The text of pieces. */
export const joinPieces = (pieces: readonly Piece[]): string => pieces.map((piece) => piece.text).join('');

/** How many of the pieces are words: punctuation and white space do not count. */
export const countWords = (pieces: readonly Piece[]): number => pieces.filter((piece) => piece.word).length;
