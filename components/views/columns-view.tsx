import { type ReactNode, type RefObject, useMemo, useRef } from 'react';
import { ColumnsContext } from '@/components/runs/columns-context';
import { RunColumn } from '@/components/runs/run-column';
import { useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Fold, Place } from '@/lib/compare/align/marks';
import type { Card } from '@/lib/compare/cards';
import { sameReasoning } from '@/lib/compare/measure/reasoning';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { RunRecord } from '@/lib/run/record';
import { armNames } from '@/lib/session/labels';
import { shownExperiment } from '@/lib/session/select';
import { ManyColumns } from './many-columns';
import { maxColumns } from './max-columns';
import { useApart } from './use-apart';
import { usePrinting } from './use-printing';

const AlignedScroll = later(() => import('./aligned-scroll').then((scroll) => scroll.AlignedScroll));

type ColumnsViewProps = {
  view: SideBySide;
  folds: readonly Fold[];
  /** the place that the reader has gone to */
  current: Place | null;
};

const noCards: readonly Card[] = [];
const noneAlike: ReadonlyMap<number, number> = new Map();

/** The runs as columns, in order. What does not fit is scrolled to; on a phone one column fills the width. */
export function ColumnsView({ view, folds, current }: ColumnsViewProps) {
  const { runs, running, playback, recipe } = useSession(shownExperiment);
  const place = useSession((session) => session.place);
  const foldMode = useSession((session) => (session.page === 'lesson' ? 'all' : session.view.foldMode));
  const alike = useMemo(() => (running ? noneAlike : sameReasoning(runs)), [running, runs]);
  const scroller = useRef<HTMLElement>(null);
  const printing = usePrinting();
  const cards = foldMode === 'all' || running ? noCards : view.cards;
  const { isApart, unfold, fold } = useApart(running, cards, scroller);
  const names = useMemo(() => armNames(recipe), [recipe]);
  const columns = new Map(view.columns.map((column) => [column.run, column]));
  const column = (record: RunRecord) => (
    <RunColumn key={record.run} record={record} label={names[record.arm] ?? null} column={columns.get(record.run)} />
  );
  const cardOf = new Map(cards.flatMap((card) => card.runs.map((run) => [run, card])));
  const many = runs.length > maxColumns;
  // Of few columns the style sheet leaves out what is folded, by the room there is: nothing moves when the page takes over.
  const left = many ? runs.filter(({ run }) => isLeft(run, cardOf.get(run), isApart)) : runs;
  const inSight = left.length > maxColumns;
  const Columns = inSight ? ManyColumns : FewColumns;
  const { fork, baselineRun } = view;
  return (
    <ColumnsContext
      value={{
        fork,
        folds,
        current,
        baselineRun,
        sameReasoning: alike,
        running,
        playback,
        cardOf,
        isApart,
        fold,
        unfold,
      }}
    >
      <div
        data-columns={many || foldMode === 'differences' ? 'any' : runs.length}
        className="max-lg:@container/columns"
      >
        <Columns runs={printing ? runs : left} printing={printing} scroller={scroller} column={column} />
        <AlignedScroll key={inSight ? 'many' : 'few'} scroller={scroller} from={current && place} />
      </div>
    </ColumnsContext>
  );
}

/** Whether a run has a column of its own when cards are folded, or is the first of one. */
const isLeft = (run: number, card: Card | undefined, isApart: (card: Card) => boolean): boolean =>
  !card || card.runs[0] === run || isApart(card);

export type ColumnsProps = {
  runs: readonly RunRecord[];
  printing: boolean;
  scroller: RefObject<HTMLElement | null>;
  column: (record: RunRecord) => ReactNode;
};

function FewColumns({ runs, scroller, column }: ColumnsProps) {
  // A lesson speaks of all runs, whose texts are short: those that do not fit beside each other stand below.
  const rows = useSession(({ page }) =>
    page === 'lesson' ? 'sm:grid-flow-row sm:grid-cols-[repeat(auto-fill,minmax(16.5rem,1fr))]' : '',
  );
  return (
    <ScrollRegion
      ref={scroller}
      label="Runs side by side"
      className={`grid snap-x auto-cols-[100%] grid-flow-col gap-3 overflow-x-auto pb-2 sm:auto-cols-[minmax(16.5rem,44rem)] print:grid-flow-row print:grid-cols-[repeat(auto-fit,minmax(16.5rem,1fr))] print:overflow-visible ${rows}`}
    >
      {runs.map(column)}
    </ScrollRegion>
  );
}
