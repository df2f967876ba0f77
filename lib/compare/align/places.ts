import { type Fold, type Folding, isMarked, lengthInBase, type Mark, type Place } from './marks';
import { countWords, type Piece, splitWords } from './words';

/*
 * Where columns are marked, worked out; what a page needs to show it is in `marks.ts`.
 */

/** Fewer words than this in a row are no phrase: any two texts share some. */
export const minPhrase = 4;

/**
 * The same stretches the other way round: what both texts have in common is marked, if it is a phrase of at least
 * `minPhrase` words; the rest is plain.
 */
export const sharedPhrases = (parts: readonly Mark[]): Mark[] =>
  parts.map((part): Mark => {
    if (part.kind === 'same') return wordsIn(part.text) >= minPhrase ? { kind: 'shared', text: part.text } : part;
    return { kind: 'plain', text: part.text, was: 'was' in part ? part.was : '' };
  });

/**
 * The share of the shorter text that a difference leaves as it is, 0 to 1 (1 if it is empty), and its length, both in
 * UTF-16 units: to count words, every stretch of every column would have to be cut into words first.
 */
export function sharedShare(parts: readonly Mark[]): { share: number; of: number } {
  let [same, before, after] = [0, 0, 0];
  for (const part of parts) {
    if (part.kind === 'same') same += part.text.length;
    else after += part.text.length;
    if ('was' in part) before += part.was.length;
  }
  const of = same + Math.min(before, after);
  return { share: of === 0 ? 1 : same / of, of };
}

const wordsIn = (text: string): number => countWords(splitWords(text));

/**
 * Every place at which any column is marked, in the order of the baseline. What overlaps or touches is one place.
 *
 *     baseline 'the old red boat', columns 'the new boat', 'the old red boat sank'
 *     →  words 2 to 3 (' old red'), and the end (word 5)
 */
export function placesOf(baseline: readonly Piece[], columns: Iterable<readonly Mark[]>): Place[] {
  const words = wordCounter(baseline);
  return spansOf(columns).map(({ from, to }) => ({ from, to, word: words(from) + 1 }));
}

/** A part of the baseline, from and to in UTF-16 units. */
type Span = { from: number; to: number };

/** Where any column is marked: spans that neither overlap nor touch, in order. */
export function spansOf(columns: Iterable<readonly Mark[]>): Span[] {
  const spans: Span[] = [];
  for (const parts of columns) {
    let from = 0;
    for (const part of parts) {
      const to = from + lengthInBase(part);
      if (isMarked(part)) spans.push({ from, to });
      from = to;
    }
  }
  const united: Span[] = [];
  for (const { from, to } of spans.sort((a, b) => a.from - b.from)) {
    const last = united.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else united.push({ from, to });
  }
  return united;
}

/** Marks spans of the baseline as shared, in a column that has no marks because its text is the same. */
export function markSpans(parts: readonly Mark[], spans: readonly Span[]): Mark[] {
  const text = parts.map((part) => part.text).join('');
  const marks: Mark[] = [];
  let at = 0;
  const pass = (to: number) => {
    if (at < to) marks.push({ kind: 'same', text: text.slice(at, to) });
    at = Math.max(at, to);
  };
  for (const { from, to } of spans) {
    if (from >= text.length) break;
    pass(from);
    marks.push({ kind: 'shared', text: text.slice(from, to) });
    at = Math.min(to, text.length);
  }
  pass(text.length);
  return marks;
}

/** Counts the words that begin before an offset. Call it with rising offsets. */
function wordCounter(pieces: readonly Piece[]): (offset: number) => number {
  let [read, end, words] = [0, 0, 0];
  return (offset) => {
    for (let piece = pieces[read]; piece && end < offset; piece = pieces[++read]) {
      if (piece.word) words++;
      end += piece.text.length;
    }
    return words;
  };
}

/**
 * What can be folded: stretches in which no column is marked, so that all are the same there and fold alike. The words
 * next to a place stay for context; the texts' very start and end need none.
 *
 *     words 1 … 50 the same, a place at 51, 52 … 60 the same; minWords 40, context 8  →  words 1 to 42 are folded
 */
export function foldsOf(baseline: readonly Piece[], places: readonly Place[], { minWords, context }: Folding): Fold[] {
  // If nothing differs there is nothing to draw attention to: the text is there to be read.
  if (places.length === 0) return [];
  const { starts, length } = wordStarts(baseline);
  const words = wordCounter(baseline);
  return gapsBetween(places, length).flatMap(({ from, to, begins, ends }) => {
    const [first, after] = [words(from), words(to)];
    const [start, end] = [first + (begins ? 0 : context), after - (ends ? 0 : context)];
    if (after - first < minWords || end <= start) return [];
    return [
      {
        from: begins ? 0 : (starts[start] ?? to),
        to: ends ? length : Math.min(starts[end] ?? to, to),
        words: end - start,
      },
    ];
  });
}

/** Where each word of a text begins, in UTF-16 units, and how long the text is. */
function wordStarts(pieces: readonly Piece[]): { starts: number[]; length: number } {
  const starts: number[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (piece.word) starts.push(length);
    length += piece.text.length;
  }
  return { starts, length };
}

/** What lies before, between and after places: whether a gap begins the text, and whether it ends it. */
function gapsBetween(places: readonly Place[], length: number): (Span & { begins: boolean; ends: boolean })[] {
  return [...places, { from: length, to: length }].map((place, index) => ({
    from: places[index - 1]?.to ?? 0,
    to: place.from,
    begins: index === 0,
    ends: index === places.length,
  }));
}
