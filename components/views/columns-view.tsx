import { type ReactNode, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { ColumnsContext } from '@/components/runs/columns-context';
import { RunColumn } from '@/components/runs/run-column';
import { useSession } from '@/components/session/session-context';
import { boxClass } from '@/components/ui/field';
import { ScrollRegion } from '@/components/ui/scroll-region';
import type { Fold, Place } from '@/lib/compare/align/marks';
import { sameReasoning } from '@/lib/compare/measure/reasoning';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { armLabel } from '@/lib/recipe/plan';
import type { RunRecord } from '@/lib/run/record';
import { shownExperiment } from '@/lib/session/select';
import { scrollToBase, useAlignedScroll } from './use-aligned-scroll';
import { useInSight } from './use-in-sight';
import { usePrinting } from './use-printing';

type ColumnsViewProps = {
  view: SideBySide;
  folds: readonly Fold[];
  /** the place that the reader has gone to */
  current: Place | null;
};

const noneAlike: ReadonlyMap<number, number> = new Map();

/** With more runs than this, only the columns in sight are rendered; on paper all of them are. */
const maxColumns = 24;

/** The runs as columns, in order. What does not fit is scrolled to; on a phone one column fills the width. */
export function ColumnsView({ view, folds, current }: ColumnsViewProps) {
  const { runs, running, playback, recipe } = useSession(shownExperiment);
  const terse = useSession((session) => session.view.foldMode === 'differences') && !running;
  const { fork, baselineRun } = view;
  const alike = useMemo(() => (running ? noneAlike : sameReasoning(runs)), [running, runs]);
  const shared = useMemo(
    () => ({ fork, folds, current, terse, baselineRun, sameReasoning: alike, running, playback }),
    [fork, folds, current, terse, baselineRun, alike, running, playback],
  );
  const scroller = useRef<HTMLElement>(null);
  const printing = usePrinting();
  useAlignedScroll(scroller);
  const from = current?.from ?? null;
  useEffect(() => {
    if (from === null || !scroller.current) return;
    scrollToBase(scroller.current, from);
    scroller.current.scrollIntoView({ block: 'nearest' });
  }, [from]);
  const columns = new Map(view.columns.map((column) => [column.run, column]));
  const column = (record: RunRecord) => (
    <RunColumn key={record.run} record={record} label={armLabel(recipe, record.arm)} column={columns.get(record.run)} />
  );
  const many = runs.length > maxColumns && !printing;
  return (
    <ColumnsContext value={shared}>
      {many ? (
        <ManyColumns runs={runs} scroller={scroller} column={column} />
      ) : (
        <FewColumns runs={runs} scroller={scroller} column={column} />
      )}
    </ColumnsContext>
  );
}

type ColumnsProps = {
  runs: readonly RunRecord[];
  scroller: RefObject<HTMLElement | null>;
  column: (record: RunRecord) => ReactNode;
};

function FewColumns({ runs, scroller, column }: ColumnsProps) {
  return (
    <ScrollRegion
      ref={scroller}
      label="Runs side by side"
      className="grid snap-x auto-cols-[100%] grid-flow-col gap-3 overflow-x-auto pb-2 sm:auto-cols-[minmax(16.5rem,44rem)] print:grid-flow-row print:grid-cols-[repeat(auto-fit,minmax(16.5rem,1fr))] print:overflow-visible"
    >
      {runs.map(column)}
    </ScrollRegion>
  );
}

const columnWidth = 288;
const gap = 12;

/** The height of all columns, from the longest text, so that it does not change when others come into sight. */
function columnHeight(runs: readonly RunRecord[]): string {
  const linesOf = (text: string) =>
    text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 26)), 0);
  const lines = runs.reduce((most, { text }) => Math.max(most, linesOf(text)), 0);
  return `min(max(28rem, 80vh), ${(14 + 1.625 * lines).toFixed(1)}rem)`;
}

/** Hundreds of columns: those in sight, between two gaps as wide as the rest. */
function ManyColumns({ runs, scroller, column }: ColumnsProps) {
  const { from, to } = useInSight(scroller, columnWidth + gap);
  const minHeight = useMemo(() => columnHeight(runs), [runs]);
  return (
    <>
      <GoToRun runs={runs} onGo={(index) => scroller.current?.scrollTo({ left: index * (columnWidth + gap) })} />
      <ScrollRegion ref={scroller} label="Runs side by side" className="overflow-x-auto pb-2">
        <div
          style={{ width: runs.length * (columnWidth + gap) - gap, paddingInlineStart: from * (columnWidth + gap) }}
          className="flex gap-3"
        >
          {runs.slice(from, to).map((record) => (
            <div key={record.run} style={{ width: columnWidth, minHeight }} className="grid shrink-0">
              {column(record)}
            </div>
          ))}
        </div>
      </ScrollRegion>
      <noscript>
        <ol>
          {runs.map(({ run, text }) => (
            <li key={run} className="whitespace-pre-wrap border-hairline border-t py-2">
              Run {run}: {text}
            </li>
          ))}
        </ol>
      </noscript>
    </>
  );
}

function GoToRun({ runs, onGo }: { runs: readonly RunRecord[]; onGo: (index: number) => void }) {
  const [typed, setTyped] = useState('');
  const index = runs.findIndex(({ run }) => String(run) === typed.trim());
  return (
    <form
      className="mb-2 flex flex-wrap items-center gap-2 text-sm print:hidden"
      onSubmit={(event) => {
        event.preventDefault();
        if (index >= 0) onGo(index);
      }}
    >
      <label htmlFor="go-to-run">Go to run</label>
      <input
        id="go-to-run"
        inputMode="numeric"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        aria-invalid={typed !== '' && index < 0}
        aria-describedby="go-to-run-range"
        className={`${boxClass} w-20 px-2 tabular-nums`}
      />
      <span id="go-to-run-range" className="text-dim">
        1 to {runs.length}, then Enter
      </span>
    </form>
  );
}
