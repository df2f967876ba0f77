import type { RunText } from './groups';
import { countWords, joinPieces, type Piece, splitWords } from './words';

/** Where texts first part: the word and the character (Unicode code point), both counted from 1. */
export type FirstDifference = { word: number; character: number };
/** What runs say at the place where they part. `null` is the end of the text. */
export type Reading = { text: string | null; runs: number[] };
/** `offset` is how many UTF-16 units all texts share before the piece that differs. */
export type Fork = FirstDifference & { offset: number; readings: Reading[] };

/**
 * The first place at which not all texts go on alike, or null if they are all equal.
 *
 *     'the cat sat', 'the cat ran', 'the cat'  →  word 3, character 8; readings ' sat', ' ran', null
 *
 * A difference in punctuation or spacing is counted at the word that would come next there.
 */
export function findFork(texts: readonly RunText[]): Fork | null {
  const split = texts.map(({ run, text }) => ({ run, pieces: splitWords(text) }));
  const [first, ...others] = split;
  if (!first) return null;
  const shared = Math.min(...others.map((other) => sharedPieces(first.pieces, other.pieces)), first.pieces.length);
  if (split.every(({ pieces }) => pieces.length === shared)) return null;
  const prefix = joinPieces(first.pieces.slice(0, shared));
  const character = prefix.length + sharedStart(texts.map(({ text }) => text.slice(prefix.length)));
  return {
    word: countWords(first.pieces.slice(0, shared)) + 1,
    character: [...(texts[0]?.text ?? '').slice(0, character)].length + 1,
    offset: prefix.length,
    readings: readings(split.map(({ run, pieces }) => ({ run, next: pieces[shared]?.text ?? null }))),
  };
}

function sharedPieces(a: readonly Piece[], b: readonly Piece[]): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) if (a[index]?.text !== b[index]?.text) return index;
  return length;
}

/** How many UTF-16 units all texts share at their start, never half of a surrogate pair. */
function sharedStart(texts: readonly string[]): number {
  const [first = '', ...others] = texts;
  let length = 0;
  while (length < first.length && others.every((other) => other[length] === first[length])) length++;
  const splitsPair =
    /[\uD800-\uDBFF]/.test(first[length - 1] ?? '') && texts.some((text) => /[\uDC00-\uDFFF]/.test(text[length] ?? ''));
  return splitsPair ? length - 1 : length;
}

function readings(nexts: readonly { run: number; next: string | null }[]): Reading[] {
  return [...Map.groupBy(nexts, ({ next }) => next)]
    .map(([text, those]) => ({ text, runs: those.map(({ run }) => run) }))
    .sort((a, b) => b.runs.length - a.runs.length);
}
