import type { RunText } from './groups';
import { countWords, joinPieces, type Piece, seamBefore, splitStart, splitWords } from './words';

/**
 * Where texts first part: the word and the character (Unicode code point), both counted from 1.
 *
 * `differs` says what is not alike there. 'word': the words number `word`, or one text has no such word. Where all have the
 * same word, or none has one any more (`atEnd`), it is what stands before it: 'marks', or only the 'spacing'.
 */
export type FirstDifference = {
  word: number;
  character: number;
  differs: 'word' | 'marks' | 'spacing';
  atEnd: boolean;
};
/** What runs say at the place where they part. `null` is the end of the text. */
export type ForkVariant = { text: string | null; runs: number[] };
/** `offset` is how many UTF-16 units all texts share before the piece that differs. */
export type Fork = FirstDifference & { offset: number; variants: ForkVariant[] };

/**
 * The first place at which the texts are not all alike, or null if they are all equal.
 *
 *     'the cat sat', 'the cat ran', 'the cat'  →  word 3, character 8; variants ' sat', ' ran', null
 *     '(B) II only.', 'B) II only.'            →  word 1, character 1, differs: 'marks'; variants '(', 'B'
 *
 * A difference in marks or spacing is counted at the word that would come next there.
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
    ...whatDiffers([...new Set(texts.map(({ text }) => text.slice(from)))], shared),
    offset: from + joinPieces(before).length,
    variants: variants(around.map(({ run, pieces }) => ({ run, next: pieces[shared]?.text ?? null }))),
  };
}

/** The place of a fork alone. */
export const placeOfFork = ({ word, character, differs, atEnd }: FirstDifference): FirstDifference => ({
  word,
  character,
  differs,
  atEnd,
});

/** What is not alike in texts whose first `shared` pieces are. */
function whatDiffers(texts: readonly string[], shared: number): Pick<FirstDifference, 'differs' | 'atEnd'> {
  const nexts = texts.map((text) => nextWord(text, shared));
  const words = new Set(nexts.map(({ word }) => word));
  const atEnd = words.size === 1 && words.has(null);
  if (words.size > 1) return { differs: 'word', atEnd };
  return { differs: new Set(nexts.map(({ marks }) => marks)).size > 1 ? 'marks' : 'spacing', atEnd };
}

/** The first word after so many pieces, null if there is none, and the marks before it, both without white space. */
function nextWord(text: string, shared: number): { word: string | null; marks: string } {
  for (let enough = 16; ; enough *= 4) {
    const pieces = splitStart(text, enough).slice(shared);
    const at = pieces.findIndex(({ word }) => word);
    if (at < 0 && enough < text.length) continue;
    const marks = joinPieces(at < 0 ? pieces : pieces.slice(0, at)).replace(/\s+/gu, '');
    return { word: pieces[at]?.text.trim() ?? null, marks };
  }
}

/** How many pieces two texts begin with alike. */
export function sharedPieces(a: readonly Piece[], b: readonly Piece[]): number {
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
