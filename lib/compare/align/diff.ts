import { diffArrays } from 'diff';
import { alignWords, GrowingAlignment, type Shared, WordIndex } from './lcs';
import { makeReadable } from './readable';
import type { Piece } from './words';

/** A stretch of a text, compared with a baseline. `was` is what the baseline has in its place; a gap's text is ''. */
export type Part =
  | { kind: 'same'; text: string }
  | { kind: 'added'; text: string }
  | { kind: 'replaced'; text: string; was: string }
  | { kind: 'missing'; text: string; was: string };

/**
 * The word-level difference of a text from a baseline. Both come back exactly: the joined `text`s are the text, and the
 * joined `was` (or `text`, where it is the same) are the baseline.
 *
 *     baseline 'the old red boat', text 'the new boat'
 *     →  same 'the' · replaced ' new' (was ' old red') · same ' boat'
 *
 * It works on our own pieces, since jsdiff's diffWords loses the white space of one side. What is
 * marked as the same is the longest common subsequence (lcs.ts), less what is easier to read as changed (readable.ts).
 */
export function diffWords(baseline: readonly Piece[], text: readonly Piece[]): Part[] {
  return differenceFrom(baseline)(text);
}

/** `diffWords` for many texts: prepares the baseline once, and compares equal texts once. */
export function differenceFrom(baseline: readonly Piece[]): (text: readonly Piece[]) => Part[] {
  const before = wordsOf(baseline);
  // Most texts of seeded runs are equal to the baseline, which then need not be prepared at all.
  const unchanged: Part[] = before.length === 0 ? [] : [{ kind: 'same', text: before.join('') }];
  let index: WordIndex | undefined;
  const known = new Map<string, Part[]>();
  return (text) => {
    if (text.length === before.length && text.every((piece, at) => piece.text === before[at])) return unchanged;
    const after = wordsOf(text);
    const ends = sharedEnds(before, after);
    const whole = after.join('');
    const seen = known.get(whole);
    if (seen) return seen;
    if (!ends.meet) index ??= new WordIndex(before);
    const shared = index ? alignWords(index, after) : sharedAtEnds(before, after, ends);
    const parts = toParts(before, after, makeReadable(baseline, text, shared));
    known.set(whole, parts);
    return parts;
  };
}

/**
 * `diffWords` for two texts that grow: the same result, but quickly, as long as both texts continue those of the last call.
 * If they do not, it starts again.
 */
export function growingDifference(): (baseline: readonly Piece[], text: readonly Piece[]) => Part[] {
  let alignment = new GrowingAlignment();
  let before: string[] = [];
  let after: string[] = [];
  return (baseline, text) => {
    if (!goesOn(before, baseline) || !goesOn(after, text)) {
      alignment = new GrowingAlignment();
      [before, after] = [[], []];
    }
    const [newBefore, newAfter] = [wordsOf(baseline.slice(before.length)), wordsOf(text.slice(after.length))];
    alignment.extend(newBefore, newAfter);
    before.push(...newBefore);
    after.push(...newAfter);
    return toParts(before, after, makeReadable(baseline, text, alignment.shared()));
  };
}

const wordsOf = (pieces: readonly Piece[]): string[] => pieces.map((piece) => piece.text);

const goesOn = (words: readonly string[], pieces: readonly Piece[]): boolean =>
  words.length <= pieces.length && words.every((word, index) => word === pieces[index]?.text);

/** How many words two texts share at their start and end, none counted twice; `meet`: whether that is all of one of them. */
type Ends = { start: number; end: number; meet: boolean };

function sharedEnds(a: readonly string[], b: readonly string[]): Ends {
  const max = Math.min(a.length, b.length);
  let start = 0;
  while (start < max && a[start] === b[start]) start++;
  let end = 0;
  while (end < max - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return { start, end, meet: start + end === max };
}

const sharedAtEnds = (a: readonly string[], b: readonly string[], { start, end }: Ends): Shared[] =>
  [
    { base: 0, text: 0, length: start },
    { base: a.length - end, text: b.length - end, length: end },
  ].filter(({ length }) => length > 0);

/** The parts of two lists of strings that share these stretches. */
function toParts(before: readonly string[], after: readonly string[], shared: readonly Shared[]): Part[] {
  const parts: Part[] = [];
  let [base, at] = [0, 0];
  for (const stretch of [...shared, { base: before.length, text: after.length, length: 0 }]) {
    const [was, text] = [join(before, base, stretch.base), join(after, at, stretch.text)];
    if (was !== '') parts.push(text === '' ? { kind: 'missing', text, was } : { kind: 'replaced', text, was });
    else if (text !== '') parts.push({ kind: 'added', text });
    base = stretch.base + stretch.length;
    at = stretch.text + stretch.length;
    const same = join(after, stretch.text, at);
    if (same !== '') parts.push({ kind: 'same', text: same });
  }
  return parts;
}

function join(words: readonly string[], from: number, to: number): string {
  let text = '';
  for (let at = from; at < to; at++) text += words[at] ?? '';
  return text;
}

/** Made at the first use, since that takes ten milliseconds. */
let characters: Intl.Segmenter | undefined;

/** Of these each is one character as readers see them. */
const oneByOne = /^[ -~\n\t]*$/;

function charactersOf(text: string): string[] {
  if (oneByOne.test(text)) return [...text];
  characters ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return [...characters.segment(text)].map(({ segment }) => segment);
}

/**
 * The difference of two short texts, such as a replaced word and what it was, by characters as readers see them: no
 * emoji, accent or surrogate pair is cut. jsdiff does this: it is good at texts that are short and alike.
 *
 *     'colour', 'color'  →  same 'colo' · missing '' (was 'u') · same 'r'
 */
export function diffCharacters(was: string, text: string): Part[] {
  const [before, after] = [charactersOf(was), charactersOf(text)];
  const shared: Shared[] = [];
  let [base, at] = [0, 0];
  for (const { added, removed, count } of diffArrays(before, after)) {
    if (!added && !removed) shared.push({ base, text: at, length: count });
    if (!added) base += count;
    if (!removed) at += count;
  }
  return toParts(before, after, shared);
}
