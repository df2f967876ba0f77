import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { plainKey } from '@/components/ui/roving-focus';
import { ScrollRegion } from '@/components/ui/scroll-region';
import { VariantChip } from '@/components/ui/variant-chip';
import { statusOf } from '@/lib/compare/measure/run-status';
import type { Column } from '@/lib/compare/side-by-side';
import { isOver, type RunRecord } from '@/lib/run/record';
import { isRunning } from '@/lib/session/select';
import { sayStatus } from '@/lib/words/run-status';
import { useColumns } from './columns-context';
import { RunFingerprint } from './fingerprint-badge';
import { RunText } from './run-text';
import { useOpenLens } from './use-open-lens';

const Reasoning = later(() => import('./reasoning').then((reasoning) => reasoning.Reasoning));
const RunActions = later(() => import('./run-actions').then((actions) => actions.RunActions));

type RunColumnProps = {
  record: RunRecord;
  /** the label of the run's arm, if settings vary */
  label: string | null;
  column: Column | undefined;
};

/** One run, from its number to its last figure. */
export function RunColumn({ record, label, column }: RunColumnProps) {
  const { running, playback, baselineRun } = useColumns();
  const open = !playback && (record.status === 'running' || (record.status === 'queued' && running));
  const heading = `run-${record.run}`;
  return (
    <section
      id={`column-${record.run}`}
      aria-labelledby={heading}
      aria-busy={open}
      className="group/run flex min-w-0 snap-start break-inside-avoid flex-col rounded-md border border-hairline bg-ground"
    >
      <header className="flex min-h-8 items-center gap-2 px-3 pt-1">
        <h3 id={heading} className="shrink-0 font-semibold">
          Run {record.run}
        </h3>
        <span className="min-w-0 truncate font-mono text-dim text-sm" title={label ?? undefined}>
          {label ?? (record.seed === null ? 'no seed' : `seed ${record.seed}`)}
        </span>
        <span className="ms-auto flex items-center gap-2">
          {baselineRun === record.run && <span className="text-dim text-fine">baseline</span>}
          {column?.letter && <VariantChip letter={column.letter} />}
        </span>
      </header>
      <div className="flex grow flex-col gap-1 pe-3 pb-2">
        {record.reasoning && <Reasoning record={record} reasoning={record.reasoning} />}
        <ColumnText record={record} column={column} />
      </div>
      <footer className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 pb-2 text-fine">
        <Status record={record} />
        {column?.sameAs && <p className="text-good">= Same text as run {column.sameAs}</p>}
        <Figures record={record} />
        <RunFingerprint record={record} />
        {/* As high as what comes into it. */}
        <span className="ms-auto flex min-h-8 transition-opacity duration-150 focus-within:opacity-100 group-hover/run:opacity-100 pointer-coarse:min-h-11 pointer-fine:opacity-0 print:hidden">
          <RunActions record={record} open={open} />
        </span>
      </footer>
    </section>
  );
}

function Status({ record }: { record: RunRecord }) {
  const status = statusOf(record, useColumns());
  const failed = record.status === 'failed';
  return (
    <div className={failed ? 'basis-full text-sm' : ''}>
      <p className={failed ? 'font-medium text-failure' : 'text-dim'}>{sayStatus(status)}</p>
      {failed && <p className="mt-1 break-words">{record.error.message}</p>}
    </div>
  );
}

/** The text, in a box that scrolls together with the others (use-aligned-scroll.ts). */
function ColumnText({ record, column }: Pick<RunColumnProps, 'record' | 'column'>) {
  const { terse, running } = useColumns();
  const openLens = useOpenLens(record);
  const [asked, setAsked] = useState(false);
  const box = useRef<HTMLElement>(null);
  useFollowedEnd(box, record.text, running);
  if (terse && column?.sameAs && !asked)
    return (
      <Button
        variant="quiet"
        className="self-start"
        onClick={() => setAsked(true)}
        aria-label={`Show text of run ${record.run}`}
      >
        Show text
      </Button>
    );
  return (
    <ScrollRegion
      ref={box}
      data-column-text
      label={`Text of run ${record.run}`}
      onKeyDown={(event) => {
        if (plainKey(event) !== 'l' || !openLens) return;
        event.preventDefault();
        openLens();
      }}
      onDoubleClick={(event) => openLens?.(offsetAt(event.currentTarget, event.clientX, event.clientY))}
      className="sm:max-h-[max(20rem,65vh)] sm:overflow-y-auto print:max-h-none print:overflow-visible"
    >
      <MarkedText record={record} column={column} />
    </ScrollRegion>
  );
}

/** The offset in the run's text under a point. */
function offsetAt(box: HTMLElement, x: number, y: number): number {
  const caret = document.caretPositionFromPoint(x, y);
  const stretch = caret?.offsetNode.parentElement?.closest<HTMLElement>('[data-at]');
  if (!caret || !stretch || !box.contains(stretch)) return 0;
  const range = new Range();
  range.setStart(stretch, 0);
  range.setEnd(caret.offsetNode, caret.offset);
  return Number(stretch.dataset.at) + range.toString().length;
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

function promptCache({ usage }: RunRecord & { status: 'ended' }): [string, string][] {
  const cached = usage?.prompt_tokens_details?.cached_tokens ?? 0;
  return usage && cached > 0 ? [['prompt cached', `${cached} of ${usage.prompt_tokens}`]] : [];
}

/** The seed that the server says it has used, if that is another than it was asked for, or it was asked for none. */
const seedUsed = ({ seed, servedSeed }: RunRecord & { status: 'ended' }): [string, string][] =>
  servedSeed === undefined || String(servedSeed) === String(seed)
    ? []
    : [['seed (says the server)', String(servedSeed)]];

const figuresOfEnded = (record: RunRecord & { status: 'ended' }): [string, string][] => [
  ['finish', record.finish],
  ['tokens', record.usage ? String(record.usage.completion_tokens) : 'not told'],
  ...promptCache(record),
  ...seedUsed(record),
];

function Figures({ record }: { record: RunRecord }) {
  if (!isOver(record)) return null;
  const { attempts = 1, servedModel = record.model } = record;
  const figures: [string, string][] = [
    ...(record.status === 'ended' ? figuresOfEnded(record) : []),
    ...(attempts > 1 ? [['attempts', String(attempts)] satisfies [string, string]] : []),
    ...(servedModel === record.model ? [] : [['served by', servedModel] satisfies [string, string]]),
  ];
  if (figures.length === 0) return null;
  return (
    <dl className="flex flex-wrap gap-x-4 text-fine text-dim tabular-nums">
      {figures.map(([name, value]) => (
        <div key={name} className="flex items-baseline gap-1">
          <dt>{name}</dt>
          <dd className="break-all font-mono text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
