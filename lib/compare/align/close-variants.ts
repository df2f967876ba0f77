import { diffCharacters, diffWords, type Part } from './diff';
import { splitWords } from './words';

/** Longer variants are phrases that are read, not spelt: nothing is marked in them. In UTF-16 units. */
export const maxClose = 120;

/**
 * The difference between two variants, if they are close enough for that to be of use: each at most 120 UTF-16 units long, with
 * at least half of both in common, not counting white space. Else null. What differs is marked by words; in a word only the letters
 * that differ, if it is really like the word in its place.
 *
 *     'colour', 'color'  →  same 'colo' · missing '' (was 'u') · same 'r'
 *     'a red boat lay', 'a blue boat lay'  →  same 'a' · replaced ' blue' (was ' red') · same ' boat lay'
 *     'kept', 'had'  →  null
 */
export function closeDifference(was: string, text: string): Part[] | null {
  if (was.length > maxClose || text.length > maxClose) return null;
  const parts = joinSame(diffWords(splitWords(was), splitWords(text)).flatMap(byLetters));
  const shared = sharedIn(parts);
  return shared > 0 && 4 * shared >= marksIn(was) + marksIn(text) ? parts : null;
}

/** What replaces as many words, word by word; of two that are alike the letters. */
function byLetters(part: Part): Part[] {
  if (part.kind !== 'replaced') return [part];
  const [before, after] = [splitWords(part.was), splitWords(part.text)];
  if (before.length !== after.length) return [part];
  const inWords = before.map(({ text: was }, at) => lettersOf(was, after[at]?.text ?? ''));
  return inWords.some((each) => each !== null)
    ? inWords.flatMap(
        (each, at) => each ?? { kind: 'replaced', was: before[at]?.text ?? '', text: after[at]?.text ?? '' },
      )
    : [part];
}

/**
 * The difference of two words by characters; null if they are two words and not two spellings of one: these begin or end alike,
 * and have more than half of the letters of the longer one in common.
 */
function lettersOf(was: string, text: string): Part[] | null {
  const parts = diffCharacters(was, text);
  // Before a word there may be white space, in which all words begin alike.
  const marks = parts.filter((part) => part.kind !== 'same' || part.text.trim() !== '');
  const atAnEnd = marks[0]?.kind === 'same' || marks.at(-1)?.kind === 'same';
  return atAnEnd && 2 * sharedIn(parts) > Math.max(marksIn(was), marksIn(text)) ? parts : null;
}

/** Parts that are the same, side by side, as one. */
function joinSame(parts: readonly Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last?.kind === 'same' && part.kind === 'same')
      joined.splice(-1, 1, { kind: 'same', text: last.text + part.text });
    else joined.push(part);
  }
  return joined;
}

const sharedIn = (parts: readonly Part[]): number =>
  parts.reduce((sum, part) => sum + (part.kind === 'same' ? marksIn(part.text) : 0), 0);

const marksIn = (text: string): number => text.replace(/\s+/gu, '').length;
