/** From which to before which of equally wide columns, counted from 0. */
export type ColumnRange = { from: number; to: number };

/** Columns on either side of those in sight, so that scrolling seldom uncovers one that is not there yet. */
const beside = 2;
/** How many are drawn in one task: nine took one of 60 ms, in which nothing else could be done. */
const atOnce = 3;

export const isSame = (one: ColumnRange, other: ColumnRange): boolean => one.from === other.from && one.to === other.to;

/** The columns that a scroller shows, and those beside them. `step` is the width of a column with its gap. */
export const rangeOf = (left: number, width: number, step: number): ColumnRange => ({
  from: Math.max(0, Math.floor(left / step) - beside),
  to: Math.ceil((left + width) / step) + beside,
});

/**
 * What to draw next on the way from what is drawn to what is wanted: whatever of it is there already, and at most three
 * more. Those in sight come first. Both ranges hold at least one column.
 *
 * @example
 * nextTowards({ from: 0, to: 5 }, { from: 3, to: 12 }); // { from: 3, to: 8 }
 */
export function nextTowards(drawn: ColumnRange, wanted: ColumnRange): ColumnRange {
  const [from, to] = [Math.max(drawn.from, wanted.from), Math.min(drawn.to, wanted.to)];
  if (from >= to) {
    const first = Math.min(wanted.from && wanted.from + beside, wanted.to - 1);
    return { from: first, to: Math.min(first + atOnce, wanted.to) };
  }
  const right = Math.min(atOnce, wanted.to - to);
  const left = Math.min(atOnce - right, from - wanted.from);
  return { from: from - left, to: to + right };
}

/** The places of a range with some others, each once and in order. */
export const placesIn = ({ from, to }: ColumnRange, others: readonly number[]): number[] =>
  [...new Set([...Array.from({ length: to - from }, (_, place) => from + place), ...others])].sort((a, b) => a - b);
