import type { FingerprintState } from '@/lib/compare/fingerprints';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import { RunColumn } from './run-column';

type RunGridProps = {
  experiment: Experiment;
  view: SideBySide;
  fingerprints: FingerprintState;
  exact: boolean;
  onStop: ((run: number) => void) | null;
  onRetry: ((run: number) => void) | null;
};

/**
 * The runs as columns in their order. More than fit are scrolled sideways; on a phone one fills the width. Of many, the
 * browser lays out and paints those that are in sight.
 */
export function RunGrid({ experiment, view, fingerprints, exact, onStop, onRetry }: RunGridProps) {
  const { runs, running, recipe } = experiment;
  return (
    <>
      {runs.length > 1 && <RunLinks runs={runs.map(({ run }) => run)} />}
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        aria-label="Runs side by side"
        data-many={runs.length > 12}
        className="relative grid snap-x auto-cols-[100%] grid-flow-col gap-3 overflow-x-auto pb-2 sm:auto-cols-[minmax(16.5rem,44rem)] data-[many=true]:[&>section]:[contain-intrinsic-size:auto_16.5rem_auto_16rem] data-[many=true]:[&>section]:[content-visibility:auto]"
      >
        {runs.map((record) => (
          <RunColumn
            key={record.run}
            record={record}
            label={recipe.arms?.[record.arm]?.label ?? null}
            column={view.columns.find((column) => column.run === record.run)}
            fork={view.fork}
            baseline={view.baselineRun === record.run}
            fingerprints={fingerprints}
            exact={exact}
            running={running}
            onStop={onStop && (() => onStop(record.run))}
            onRetry={onRetry && (() => onRetry(record.run))}
          />
        ))}
      </section>
    </>
  );
}

/** On a phone, where one run fills the width: a way to each of them. */
function RunLinks({ runs }: { runs: number[] }) {
  return (
    <nav aria-label="Go to a run" className="mb-2 flex gap-1 overflow-x-auto sm:hidden">
      {runs.map((run) => (
        <a
          key={run}
          href={`#column-${run}`}
          className="grid min-h-11 min-w-11 place-items-center rounded-md border border-control text-sm"
        >
          {run}
        </a>
      ))}
    </nav>
  );
}
