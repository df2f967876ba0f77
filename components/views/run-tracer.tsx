import { useState } from 'react';

/** The run whose path is shown, and how to show another: while it is pointed at or focused, or until pressed again. */
export type Trace = {
  run: number | null;
  pinned: number | null;
  variant: (run: number | null) => void;
  pin: (run: number) => void;
};

export function useTrace(): Trace {
  const [seen, variant] = useState<number | null>(null);
  const [pinned, setPinned] = useState<number | null>(null);
  const pin = (run: number) => setPinned(run === pinned ? null : run);
  return { run: seen ?? pinned, pinned, variant, pin };
}

const runsAtOnce = 24;

/** A button for each run. */
export function RunTracer({ runs, trace }: { runs: readonly number[]; trace: Trace }) {
  const more = runs.length - runsAtOnce;
  return (
    <>
      {runs.slice(0, runsAtOnce).map((run) => (
        <button
          key={run}
          type="button"
          aria-label={`Trace run ${run}`}
          aria-pressed={trace.pinned === run}
          onPointerEnter={() => trace.variant(run)}
          onPointerLeave={() => trace.variant(null)}
          onFocus={() => trace.variant(run)}
          onBlur={() => trace.variant(null)}
          onClick={() => trace.pin(run)}
          className="min-h-6 min-w-6 rounded-full border border-control px-1 tabular-nums hover:bg-panel aria-pressed:border-2 aria-pressed:border-ink aria-pressed:font-bold pointer-coarse:min-h-11 pointer-coarse:min-w-11"
        >
          {run}
        </button>
      ))}
      {more > 0 && <span className="text-dim">and {more} more</span>}
    </>
  );
}
