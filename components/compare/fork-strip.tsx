import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { memo, useRef } from 'react';
import { useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Range } from '@/components/ui/range';
import { isMarked, lengthInBase, liesIn, type Place } from '@/lib/compare/align/marks';
import { toneOf } from '@/lib/compare/measure/verdict';
import type { Column, SideBySide } from '@/lib/compare/side-by-side';
import { shownExperiment } from '@/lib/session/select';
import { capital, plural } from '@/lib/words/english';
import { markNouns, sayPlace } from '@/lib/words/marks';
import type { Places } from './use-places';

type ForkStripProps = { view: SideBySide; places: Places };

const rowHeight = 10;

/**
 * All runs in miniature, a row for each, as long as its text and thick where that is marked. The slider goes from place to
 * place, as F7 and Shift+F7 do; while runs go on, and if they agree, there are none to go to.
 */
export function ForkStrip({ view, places }: ForkStripProps) {
  const { columns } = view;
  const { runs, running } = useSession(shownExperiment);
  /** the characters of the longest text */
  const longest = runs.reduce((length, { text }) => Math.max(length, text.length), 1);
  const noun = markNouns[view.marked];
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
    initialRect: { width: 800, height: 96 },
  });
  const { all, index, current } = places;
  const none = all.length === 0;
  const marks = columns.reduce((sum, { parts }) => sum + parts.filter(isMarked).length, 0);
  // Where nothing could be compared (yet), that there are no marks says nothing of the texts.
  const found = marks === 0 && toneOf(view.verdict) === 'open' ? '' : sayPlace({ noun, marks, places: all, at: index });
  const said = running ? 'Marks so far' : found;
  return (
    <section aria-label="Where the runs part" className="flex flex-col gap-1 print:hidden">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <Button variant="quiet" onClick={() => places.step(-1)} disabled={none} aria-label={`Previous ${noun}`}>
          <ChevronLeft aria-hidden size={16} />
        </Button>
        <Range
          aria-label={capital(plural(2, noun))}
          aria-valuetext={said}
          disabled={none}
          min={1}
          max={Math.max(1, all.length)}
          value={index + 1 || 1}
          onChange={(number) => places.goTo(number - 1)}
          className="min-h-6 min-w-24 max-w-sm grow pointer-coarse:min-h-11"
        />
        <Button variant="quiet" onClick={() => places.step(1)} disabled={none} aria-label={`Next ${noun}`}>
          <ChevronRight aria-hidden size={16} />
        </Button>
        <span className="text-dim tabular-nums">{said}</span>
        {!none && (
          <span className="text-fine text-dim max-sm:hidden">
            <kbd className="rounded-xs border border-control px-1">F7</kbd> next
          </span>
        )}
      </div>
      <div
        ref={scroller}
        aria-hidden
        className="max-h-24 overflow-y-auto overflow-x-hidden rounded-md border border-hairline"
      >
        <div style={{ height: rows.getTotalSize() }} className="relative">
          {rows.getVirtualItems().map(({ index: row, start }) => {
            const column = columns[row];
            return column && <Row key={column.run} column={column} longest={longest} top={start} current={current} />;
          })}
        </div>
      </div>
    </section>
  );
}

type RowProps = { column: Column; longest: number; top: number; current: Place | null };

/** Widths are thousandths of the longest text's width. */
const Row = memo(function Row({ column, longest, top, current }: RowProps) {
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
    <div style={{ height: rowHeight, top }} className="absolute inset-x-0 flex items-center">
      <span className="w-8 shrink-0 pe-1 text-right text-[9px] text-dim leading-none tabular-nums">{column.run}</span>
      <svg viewBox="0 0 1000 10" preserveAspectRatio="none" className="h-full grow" role="presentation">
        <path d={`M0 4.5h${width}v1h-${width}z`} className="fill-control" />
        <path d={marks} className="fill-replaced-line" />
        <path d={here} className="fill-accent" />
      </svg>
    </div>
  );
});
