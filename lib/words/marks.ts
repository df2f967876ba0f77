import type { Mark, Place } from '@/lib/compare/align/marks';
import { capital, counted, plural } from './english';

/** What a mark says of the text under it, in a few words. */
export function sayMark(mark: Mark): string {
  if (mark.kind === 'replaced') return `instead of “${mark.was.trim()}”`;
  if (mark.kind === 'varies') return `${mark.runs} of ${mark.of} runs read so here`;
  return mark.kind === 'shared' ? 'in both texts' : 'only here';
}

/** What is marked: differences, or what texts share. */
export const markNouns = { differences: 'difference', shared: 'shared phrase' } as const;

/** Where somebody is among places: "Difference 2 of 5, word 12". `noun` is one of `markNouns`, `at` an index, -1 for none. */
export function sayPlace(noun: string, places: readonly Place[], at: number): string {
  const place = places[at];
  if (place) return `${capital(noun)} ${at + 1} of ${places.length}, word ${place.word}`;
  return places.length === 0 ? `No ${plural(0, noun)}` : `${counted(places.length, noun)}, none chosen`;
}

/** `word 3`, `words 3–17`: so many words from one on, which counts from 1. */
export const sayWords = (word: number, words: number): string =>
  words < 2 ? `word ${word}` : `words ${word}–${word + words - 1}`;

/** A stretch of a tree: "words 3–17, then they part", "no words". */
export function sayStretch({ word, words }: { word: number; words: number }, parts: boolean): string {
  return `${words === 0 ? 'no words' : sayWords(word, words)}${parts ? ', then they part' : ''}`;
}
