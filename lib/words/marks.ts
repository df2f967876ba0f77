import type { Mark, Place } from '@/lib/compare/align/marks';
import { counted, plural } from './english';

/** What a mark says of the text under it, in a few words. */
export function sayMark(mark: Mark): string {
  if (mark.kind === 'replaced') return `instead of “${mark.was.trim()}”`;
  if (mark.kind === 'varies') return `${mark.runs} of ${mark.of} runs read so here`;
  return mark.kind === 'shared' ? 'in both texts' : 'only here';
}

/** What is not in a text where another has something: so many words, or else only marks or white space. */
export function sayMissing(words: number, was: string): string {
  if (words > 0) return `${counted(words, 'word')} missing`;
  return was.trim() === '' ? 'white space missing' : `“${was.trim()}” missing`;
}

/** What is marked: differences, or what texts share. */
export const markNouns = { differences: 'difference', shared: 'shared phrase' } as const;

/** The places that a reader can go to, the index of the current one (-1 for none), and how much is marked in all texts. */
type Placed = { noun: string; marks: number; places: readonly Place[]; at: number };

/** Where somebody is among places, or else what there is: "Place 2 of 5, word 12", "8 differences, 2 places to go to". */
export function sayPlace({ noun, marks, places, at }: Placed): string {
  const place = places[at];
  if (place) return `Place ${at + 1} of ${places.length}, word ${place.word}`;
  if (marks === 0) return `No ${plural(0, noun)}`;
  return places.length === 0
    ? counted(marks, noun)
    : `${counted(marks, noun)}, ${counted(places.length, 'place')} to go to`;
}

/** `word 3`, `words 3–17`: so many words from one on, which counts from 1. */
export const sayWords = (word: number, words: number): string =>
  words < 2 ? `word ${word}` : `words ${word}–${word + words - 1}`;

/** A stretch of a tree: "words 3–17, then they part", "no words". */
export function sayStretch({ word, words }: { word: number; words: number }, parts: boolean): string {
  return `${words === 0 ? 'no words' : sayWords(word, words)}${parts ? ', then they part' : ''}`;
}
