import { createContext, type ReactNode, use, useState } from 'react';

type Trace = {
  /** the run whose path is shown: the one pointed at or focused, or else the pinned one */
  run: number | null;
  /** the run that was pressed; pressed again, it no longer is */
  pinned: number | null;
  point: (run: number | null) => void;
  pin: (run: number) => void;
};

const TraceContext = createContext<Trace>({ run: null, pinned: null, point: () => {}, pin: () => {} });

/** Lets one run at a time be traced through what is inside. */
export function TraceProvider({ children }: { children: ReactNode }) {
  const [pointed, point] = useState<number | null>(null);
  const [pinned, setPinned] = useState<number | null>(null);
  const pin = (run: number) => setPinned(run === pinned ? null : run);
  return <TraceContext value={{ run: pointed ?? pinned, pinned, point, pin }}>{children}</TraceContext>;
}

/** Tells whether the traced run is one of these. */
export function useIsTraced(): (runs: readonly number[]) => boolean {
  const { run } = use(TraceContext);
  return (runs) => run !== null && runs.includes(run);
}

const runsAtOnce = 24;

/** A button for each run, which shows its path. */
export function RunTracer({ runs }: { runs: readonly number[] }) {
  const { pinned, point, pin } = use(TraceContext);
  const more = runs.length - runsAtOnce;
  return (
    <>
      {runs.slice(0, runsAtOnce).map((run) => (
        <button
          key={run}
          type="button"
          aria-label={`Trace run ${run}`}
          aria-pressed={pinned === run}
          onPointerEnter={() => point(run)}
          onPointerLeave={() => point(null)}
          onFocus={() => point(run)}
          onBlur={() => point(null)}
          onClick={() => pin(run)}
          className="min-h-6 min-w-6 rounded-full border border-control px-1 tabular-nums hover:bg-panel aria-pressed:border-2 aria-pressed:border-ink aria-pressed:font-bold pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        >
          {run}
        </button>
      ))}
      {more > 0 && <span className="text-dim">and {more} more</span>}
    </>
  );
}
