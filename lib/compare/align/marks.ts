import type { Part } from './diff';

/**
 * A stretch of a column as the page shows it: a part of a difference; or, if texts share so little that what they
 * have in common is marked, 'shared' or 'plain'; or, without a baseline, what 'varies': `runs` of `of` compared runs have
 * this text here.
 */
export type Mark =
  | Part
  | { kind: 'shared'; text: string }
  | { kind: 'plain'; text: string; was: string }
  | { kind: 'varies'; text: string; was: string; runs: number; of: number };

/** Whether a stretch is marked, in whichever way. */
export const isMarked = ({ kind }: Mark): boolean => kind !== 'same' && kind !== 'plain';

/** How much of the baseline a stretch stands for, in UTF-16 units. */
export function lengthInBase(mark: Mark): number {
  if ('was' in mark) return mark.was.length;
  return mark.kind === 'added' ? 0 : mark.text.length;
}

/** Where columns are marked: `from` up to `to` in UTF-16 units of the baseline, from its word `word` on, counted from 1. */
export type Place = { from: number; to: number; word: number };

/** Whether a mark that begins at `base`, in UTF-16 units of the baseline, lies in a place. */
export const liesIn = (place: Place | null, mark: Mark, base: number): boolean =>
  place !== null && place.from <= base && base + lengthInBase(mark) <= place.to;

/** A stretch that may be folded away: `from` up to `to` in UTF-16 units of the baseline, so many words. */
export type Fold = { from: number; to: number; words: number };
/** How many words without marks a stretch must have to be folded, and how many of them stay on either side. */
export type Folding = { minWords: number; context: number };
