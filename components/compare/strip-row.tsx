import { memo } from 'react';
import { isMarked, lengthInBase, liesIn, type Place } from '@/lib/compare/align/marks';
import type { Column } from '@/lib/compare/side-by-side';

/** As many rows as can be told apart in a line; of more runs each text has one. */
const maxRows = 10;

/** Every run, or, of many, the first of each text. */
export function stripRows(columns: readonly Column[]): readonly Column[] {
  if (columns.length <= maxRows) return columns;
  return columns.filter(({ sameAs }) => sameAs === null).slice(0, maxRows);
}

type StripRowProps = { column: Column; longest: number; current: Place | null };

/** A text in miniature, thick where it is marked. Widths are thousandths of the longest text's width. */
export const StripRow = memo(function StripRow({ column, longest, current }: StripRowProps) {
  const scale = 1000 / longest;
  let [at, base] = [0, 0];
  let [marks, here] = ['', ''];
  for (const part of column.parts) {
    if (isMarked(part)) {
      const width = Math.max(3, part.text.length * scale).toFixed(1);
      const box = `M${(at * scale).toFixed(1)} 1.5h${width}v7h-${width}z`;
      if (liesIn(current, part, base)) here += box;
      else marks += box;
    }
    at += part.text.length;
    base += lengthInBase(part);
  }
  const width = ((at + column.beyond.length) * scale).toFixed(1);
  return (
    <svg
      viewBox="0 0 1000 10"
      preserveAspectRatio="none"
      className="min-h-0 w-full flex-1"
      role="presentation"
      aria-hidden
    >
      <path d={`M0 4.5h${width}v1h-${width}z`} className="fill-control" />
      <path d={marks} className="fill-replaced-line" />
      <path d={here} className="fill-accent" />
    </svg>
  );
});
