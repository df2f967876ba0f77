import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { VariantChip } from '@/components/ui/variant-chip';
import type { Card } from '@/lib/compare/cards';
import { figuresOf } from '@/lib/compare/measure/figures';
import { statusOf } from '@/lib/compare/measure/run-status';
import type { Column } from '@/lib/compare/side-by-side';
import { isOver, type RunRecord } from '@/lib/run/record';
import { isRunning } from '@/lib/session/select';
import { capital } from '@/lib/words/english';
import { sayFigure } from '@/lib/words/figures';
import { sayStatus } from '@/lib/words/run-status';
import { sayRuns } from '@/lib/words/runs';
import { CardFigures } from './card-figures';
import { useColumns } from './columns-context';
import { Figures } from './figures';
import { RunFingerprint } from './fingerprint-badge';
import { RunText } from './run-text';

const LensFromText = later(() => import('./lens-from-text').then((lens) => lens.LensFromText));
const Reasoning = later(() => import('./reasoning').then((reasoning) => reasoning.Reasoning));
const FoldButton = later(() => import('./fold-button').then((fold) => fold.FoldButton));
const RunActions = later(() => import('./run-actions').then((actions) => actions.RunActions));

type RunColumnProps = {
  record: RunRecord;
  /** the label of the run's arm, if settings vary */
  label: string | null;
  column: Column | undefined;
};

/** One run, from its number to its last figure; or a card of runs with one text, where columns are crowded. */
export function RunColumn({ record, label, column }: RunColumnProps) {
  const { running, playback, cardOf, isApart } = useColumns();
  const { run } = record;
  const open = !playback && (record.status === 'running' || (record.status === 'queued' && running));
  const own = cardOf.get(run);
  const card = own && !isApart(own) ? own : null;
  const folded = card !== null && card.runs[0] !== run;
  const held = card && !folded ? card : null;
  return (
    <section
      id={`column-${run}`}
      data-runs={held ? held.runs.join(' ') : undefined}
      aria-labelledby={`run-${run}`}
      aria-busy={open}
      className={`@container group/run flex min-h-(--kept-height,0px) min-w-0 snap-start [--reading:clamp(1.0625rem,0.7rem+1.6cqi,1.3125rem)] break-inside-avoid flex-col rounded-md border border-hairline bg-ground ${folded ? 'crowded:not-target:hidden' : ''}`}
    >
      <RunHeader record={record} label={label} letter={column?.letter ?? null} card={held} />
      <div className="flex grow flex-col gap-1 pe-3 pb-2">
        <ColumnText record={record} column={column} />
        {record.reasoning && <Reasoning record={record} reasoning={record.reasoning} />}
      </div>
      <RunFooter record={record} sameAs={column?.sameAs ?? null} open={open} card={own ?? null} />
    </section>
  );
}

type RunFooterProps = {
  record: RunRecord;
  /** the first run with the same text, if that is another one */
  sameAs: number | null;
  open: boolean;
  /** the card that the run can be folded into */
  card: Card | null;
};

function RunFooter({ record, sameAs, open, card }: RunFooterProps) {
  const { isApart } = useColumns();
  const held = card?.runs[0] === record.run ? card : null;
  const folds = held && !isApart(held) ? held : null;
  const alone = folds ? 'crowded:hidden' : '';
  const oneFingerprint = folds?.shared.some(({ kind }) => kind === 'fingerprint') ?? true;
  return (
    <footer className="flex min-h-30 flex-col gap-1 px-3 pb-2 text-fine">
      {/* The actions come later, and are shown on hover: what is said in their line leaves them room. */}
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 pointer-coarse:min-h-11 print:min-h-0">
        <div className={`min-w-0 ${record.status === 'failed' ? 'basis-full text-sm' : ''} ${alone}`}>
          <Status record={record} />
        </div>
        {folds && <p className="hidden text-good crowded:block">= Same text in {folds.runs.length} runs</p>}
        <span className="-me-1.5 ms-auto flex pointer-fine:*:px-1.5! transition-opacity duration-150 focus-within:opacity-100 group-hover/run:opacity-100 pointer-fine:opacity-0 print:hidden">
          <RunActions record={record} open={open} />
        </span>
      </div>
      <div className={`flex flex-wrap items-center gap-x-3 gap-y-1 ${alone}`}>
        {sameAs && <p className="text-good">= Same text as run {sameAs}</p>}
        {isOver(record) && <Figures figures={figuresOf(record).map(sayFigure)} />}
      </div>
      {folds && (
        <div className="hidden flex-wrap items-center gap-x-3 gap-y-1 crowded:flex">
          <CardFigures card={folds} />
        </div>
      )}
      <div className="flex flex-wrap items-center gap-x-2">
        <div className={`whitespace-nowrap ${oneFingerprint ? '' : alone}`}>
          <RunFingerprint record={record} />
        </div>
        {held && (
          <span className="ms-auto hidden min-h-8 crowded:flex pointer-coarse:min-h-11 print:hidden">
            <FoldButton card={held} />
          </span>
        )}
      </div>
    </footer>
  );
}

type RunHeaderProps = {
  record: RunRecord;
  label: string | null;
  letter: string | null;
  /** the runs that it stands for where columns are crowded */
  card: Card | null;
};

function RunHeader({ record: { run, seed }, label, letter, card }: RunHeaderProps) {
  const { baselineRun } = useColumns();
  const alone = card ? 'crowded:hidden' : '';
  const inCard = card?.runs.some((each) => each === baselineRun) && baselineRun !== run;
  return (
    <header className="flex min-h-8 items-center gap-2 px-3 pt-1 max-sm:min-h-6 max-sm:pt-0.5">
      <h3 id={`run-${run}`} className={`font-semibold ${card ? 'min-w-0 truncate' : 'shrink-0'}`}>
        <span className={alone}>Run {run}</span>
        {card && <span className="hidden crowded:inline">{capital(sayRuns(card.runs))}</span>}
      </h3>
      <span className={`min-w-0 truncate font-mono text-dim text-sm ${alone}`} title={label ?? undefined}>
        {label ?? (seed === null ? 'no seed' : `seed ${seed}`)}
      </span>
      <span className="ms-auto flex items-center gap-2">
        {baselineRun === run && <span className="text-dim text-fine">baseline</span>}
        {inCard && <span className="hidden text-dim text-fine crowded:inline">baseline: run {baselineRun}</span>}
        {letter && <VariantChip letter={letter} />}
      </span>
    </header>
  );
}

function Status({ record }: { record: RunRecord }) {
  const status = statusOf(record, useColumns());
  const failed = record.status === 'failed';
  return (
    <>
      <p className={failed ? 'font-medium text-failure' : 'text-dim'}>{sayStatus(status)}</p>
      {failed && <p className="mt-1 break-words">{record.error.message}</p>}
    </>
  );
}

/** The text, in a box that scrolls together with the others (views/aligned-scroll.ts). */
function ColumnText({ record, column }: Pick<RunColumnProps, 'record' | 'column'>) {
  const { running } = useColumns();
  const box = useRef<HTMLElement>(null);
  useFollowedEnd(box, record.text, running);
  return (
    <ScrollRegion
      ref={box}
      data-column-text
      label={`Text of run ${record.run}`}
      className="sm:max-h-[max(20rem,65vh)] sm:overflow-y-auto print:max-h-none print:overflow-visible"
    >
      <MarkedText record={record} column={column} />
      <LensFromText box={box} record={record} />
    </ScrollRegion>
  );
}

/** While a text grows, its box stays at the end, unless the reader has scrolled away from there. */
function useFollowedEnd(box: RefObject<HTMLElement | null>, text: string, running: boolean): void {
  const atEnd = useRef(true);
  useEffect(() => {
    const element = box.current;
    if (!element || !running || text === '') return;
    if (atEnd.current) element.scrollTop = element.scrollHeight;
    const note = () => {
      atEnd.current = element.scrollTop + element.clientHeight >= element.scrollHeight - 4;
    };
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [box, text, running]);
}

/** The marked text; whatever has arrived since the marks were worked out follows unmarked. */
function MarkedText({ record, column }: Pick<RunColumnProps, 'record' | 'column'>) {
  const { fork, folds, current } = useColumns();
  const dispatch = useDispatch();
  const running = useSession(isRunning);
  const { run, text } = record;
  const offset = fork?.offset;
  const openFork = useCallback(
    () => offset !== undefined && dispatch({ kind: 'lens-opened', place: { run, offset } }),
    [dispatch, run, offset],
  );
  return (
    <RunText
      text={text}
      parts={column?.parts}
      fork={fork}
      folds={folds}
      current={current}
      onFork={running ? null : openFork}
    />
  );
}
