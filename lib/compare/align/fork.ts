import type { RunText } from './groups';
import { countWords, joinPieces, type Piece, seamBefore, splitStart, splitWords } from './words';

/** Where texts first part: the word and the character (Unicode code point), both counted from 1. */
export type FirstDifference = { word: number; character: number };
/** What runs say at the place where they part. `null` is the end of the text. */
export type ForkVariant = { text: string | null; runs: number[] };
/** `offset` is how many UTF-16 units all texts share before the piece that differs. */
export type Fork = FirstDifference & { offset: number; variants: ForkVariant[] };

/**
 * The first place at which the texts are not all alike, or null if they are all equal.
 *
 *     'the cat sat', 'the cat ran', 'the cat'  →  word 3, character 8; variants ' sat', ' ran', null
 *
 * A difference in punctuation or spacing is counted at the word that would come next there.
 */
export function findFork(texts: readonly RunText[]): Fork | null {
  const same = sharedStart(texts.map(({ text }) => text));
  if (texts.every(({ text }) => text.length === same)) return null;
  // Only the words around the place need to be split off: those before it are the same in all, those after it do not matter.
  const from = seamBefore(texts[0]?.text ?? '', same);
  const around = texts.map(({ run, text }) => ({ run, pieces: splitStart(text.slice(from), same - from) }));
  const [first = [], ...others] = around.map(({ pieces }) => pieces);
  const shared = Math.min(...others.map((other) => sharedPieces(first, other)));
  const before = first.slice(0, shared);
  const alike = texts[0]?.text ?? '';
  return {
    word: countWords(splitWords(alike.slice(0, from))) + countWords(before) + 1,
    character: [...alike.slice(0, same)].length + 1,
    offset: from + joinPieces(before).length,
    variants: variants(around.map(({ run, pieces }) => ({ run, next: pieces[shared]?.text ?? null }))),
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
  let shared = first;
  for (const other of others) if (!other.startsWith(shared)) shared = shared.slice(0, sharedUnits(shared, other));
  const { length } = shared;
  const splitsPair =
    /[\uD800-\uDBFF]$/.test(shared) && texts.some((text) => /[\uDC00-\uDFFF]/.test(text[length] ?? ''));
  return splitsPair ? length - 1 : length;
}

function sharedUnits(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return length;
}

function variants(nexts: readonly { run: number; next: string | null }[]): ForkVariant[] {
  return [...Map.groupBy(nexts, ({ next }) => next)]
    .map(([text, those]) => ({ text, runs: those.map(({ run }) => run) }))
    .sort((a, b) => b.runs.length - a.runs.length);
}
