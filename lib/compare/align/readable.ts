import type { Shared } from './lcs';
import type { Piece } from './words';

/**
 * Makes an alignment easier to read, as diff-match-patch's semantic clean-up does with characters (Fraser 2006, "Writing:
 * Diff"), but over whole pieces, so that the stretches stay common to both texts and in order:
 *
 * - A lonely word or two between big changes is no agreement. Two unrelated texts share hundreds of 'the' and ','; marked
 *   as the same, each would be an island in a sea of marks. Such islands become part of one change.
 *
 *       a big dog ran up the hill we saw      a big dog ran up the hill we saw
 *       his two cats sat on the mat by it     his two cats sat on the mat by it
 *                           ^^^ same          all of it replaced
 *
 * - Words that were added or left out can often be marked in several places. Then the mark goes to where a line, a
 *   sentence or a clause begins:
 *
 *       - one                         - one
 *       - two      is marked as       - two      rather than      - two
 *       - new                        [- new ]                     -[new
 *       - six                         - six                       -]six
 */
export function makeReadable(before: readonly Piece[], after: readonly Piece[], shared: readonly Shared[]): Shared[] {
  const stretches = withoutIslands(before, after, shared);
  for (let at = 0; at + 1 < stretches.length; at++) {
    const [left, right] = [stretches[at], stretches[at + 1]];
    if (left && right) slide(before, after, left, right);
  }
  return stretches;
}

/** How many of the pieces from one place to another are words. */
function wordsIn(pieces: readonly Pick<Piece, 'word'>[], from: number, to: number): number {
  let words = 0;
  for (let at = from; at < to; at++) if (pieces[at]?.word) words++;
  return words;
}

/** How many words only the baseline has in a place, and how many only the text. */
type Change = { removed: number; added: number };

/** The stretches without small ones between big changes. Those at the ends of the texts stay. */
export function withoutIslands(
  before: readonly Pick<Piece, 'word'>[],
  after: readonly Piece[],
  shared: readonly Shared[],
): Shared[] {
  // Each stretch with the change before it. Dropping one makes the change on its right bigger, so that the one on its left
  // may be dropped too.
  const kept: { stretch: Shared; words: number; change: Change }[] = [];
  let [base, text] = [0, 0];
  for (const stretch of [...shared, { base: before.length, text: after.length, length: 0 }]) {
    const last = stretch.length === 0;
    const change = { removed: wordsIn(before, base, stretch.base), added: wordsIn(after, text, stretch.text) };
    [base, text] = [stretch.base + stretch.length, stretch.text + stretch.length];
    // If one text ends sooner, the rest of the other says nothing against the words before it.
    const ends = last && (change.removed === 0 || change.added === 0);
    for (let island = kept.at(-1); island && !ends; island = kept.at(-1)) {
      if (!isLonely(island.words, island.change, change)) break;
      change.removed += island.change.removed + island.words;
      change.added += island.change.added + island.words;
      kept.pop();
    }
    if (!last) kept.push({ stretch: { ...stretch }, words: wordsIn(after, stretch.text, text), change });
  }
  return kept.map(({ stretch }) => stretch);
}

/**
 * Whether this many shared words are no agreement: the changes on either side are more than twice as big, and change both
 * texts. If words were only added around a word, it is still there: 'a cat' in 'a big old grey cat
 * that sat down'.
 */
function isLonely(words: number, left: Change, right: Change): boolean {
  const size = ({ removed, added }: Change) => Math.max(removed, added);
  return (
    Math.min(size(left), size(right)) > Math.max(1, 2 * words) &&
    Math.min(left.removed + right.removed, left.added + right.added) > words
  );
}

/**
 * Moves the change between two stretches to where it reads best, if one of the texts has nothing there: then the change's
 * last piece may be the same as the left stretch's last, or its first the same as the right one's first. Stretches keep a
 * piece at least, and what ends the texts ends them still: a text that goes on has its end there for now only.
 */
function slide(before: readonly Piece[], after: readonly Piece[], left: Shared, right: Shared): void {
  const removed = right.base - left.base - left.length;
  const added = right.text - left.text - left.length;
  if (removed > 0 === added > 0) return;
  const pieces = removed > 0 ? before : after;
  const from = removed > 0 ? left.base + left.length : left.text + left.length;
  const length = removed + added;
  const same = (place: number): boolean => pieces[place]?.text === pieces[place + length]?.text;
  let best = { shift: 0, score: beginning(pieces, from) + beginning(pieces, from + length) };
  const consider = (shift: number): void => {
    const score = beginning(pieces, from + shift) + beginning(pieces, from + shift + length);
    if (score > best.score) best = { shift, score };
  };
  for (let shift = -1; -shift < left.length && same(from + shift); shift--) consider(shift);
  for (let shift = 1; shift < right.length && same(from + shift - 1); shift++) consider(shift);
  left.length += best.shift;
  right.base += best.shift;
  right.text += best.shift;
  right.length -= best.shift;
}

/** How much of a beginning a place is: of a paragraph, a line, a sentence, a clause; else 0. */
function beginning(pieces: readonly Piece[], place: number): number {
  const space = /^\s*/u.exec(pieces[place]?.text ?? '')?.[0] ?? '';
  const before = pieces[place - 1]?.text ?? '\n\n';
  if (/\n\s*\n/u.test(space)) return 4;
  if (space.includes('\n')) return 3;
  if (/[.!?。！？…]["'”’)]*$/u.test(before)) return 2;
  return /[,;:，；：、]$/u.test(before) ? 1 : 0;
}
