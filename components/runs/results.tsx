'use client';

import type { ReactNode } from 'react';
import { ArmTable } from '@/components/compare/arm-table';
import { BaselineSelect } from '@/components/compare/baseline-select';
import { useSideBySide } from '@/components/compare/use-side-by-side';
import { VerdictBanner } from '@/components/compare/verdict-banner';
import { compareArms } from '@/lib/compare/arms';
import { fingerprintSentence, fingerprintState } from '@/lib/compare/fingerprints';
import type { Baseline, SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import { FingerprintSummary } from './fingerprint-badge';
import { RunGrid } from './run-grid';

type ResultsProps = {
  experiment: Experiment;
  initialView: SideBySide;
  /** the runs that these were made again from, if they were */
  stored: readonly RunRecord[] | null;
  /** whether this is the example that the page opens with */
  example: boolean;
  /** whether the form has been changed since these runs */
  outdated: boolean;
  exact: boolean;
  baseline: Baseline;
  onBaseline: (baseline: Baseline) => void;
  /** null: these runs are not the visitor's to stop or to make again */
  onStop: ((run: number) => void) | null;
  onRetry: ((run: number) => void) | null;
  children?: ReactNode;
};

/** What came of it: the verdict, then the runs side by side. */
export function Results(props: ResultsProps) {
  const { experiment, initialView, stored, example, outdated, exact, baseline, onBaseline, onStop, onRetry } = props;
  const view = useSideBySide(experiment, baseline, stored, initialView);
  const { runs, running, recipe } = experiment;
  const fingerprints = fingerprintState(runs);
  const arms = running ? null : compareArms(recipe, runs);
  const compared = view.columns.filter(({ letter }) => letter !== null).length;
  const sentence =
    running || compared < 2 || exact
      ? null
      : fingerprintSentence(fingerprints, view.variants, recipe.arms === undefined);
  return (
    <section id="results" aria-label="Results" tabIndex={-1} className="flex flex-col gap-3 outline-none">
      {example && !outdated && <ExampleNote view={view} runs={runs.length} />}
      {outdated && (
        <p className="rounded-md border border-control border-dashed px-3 py-2 text-sm">
          These results are from the previous settings. <strong>Run</strong> to update.
        </p>
      )}
      <VerdictBanner verdict={view.verdict} compared={compared} exact={exact} fingerprint={sentence}>
        <FingerprintSummary state={fingerprints} runs={runs.length} exact={exact} />
        {(runs.length > 1 || stored) && (
          <BaselineSelect
            runs={runs.map(({ run }) => run)}
            stored={stored !== null}
            value={baseline}
            onChange={onBaseline}
          />
        )}
        <Legend />
      </VerdictBanner>
      {props.children}
      {arms && <ArmTable arms={arms} />}
      <p role="status" className="sr-only">
        {running ? `Running ${runs.length} runs.` : view.verdict.sentence}
      </p>
      <RunGrid
        experiment={experiment}
        view={view}
        fingerprints={fingerprints}
        exact={exact}
        onStop={onStop}
        onRetry={onRetry}
      />
    </section>
  );
}

/** The first discovery, set up by what this very run gave. */
function ExampleNote({ view, runs }: { view: SideBySide; runs: number }) {
  const texts = view.variants === 1 ? 'one text' : `${view.variants} texts`;
  return (
    <p className="rounded-md border border-hairline bg-panel px-3 py-2 text-sm">
      An example that has already run, on Seedling, the tiny teaching model inside: {runs} seeds, {texts}. Now set{' '}
      <em>Vary between runs</em> to <em>nothing</em> and press Run: what will one seed give {runs} times? You cannot
      break anything here.
    </p>
  );
}

function Legend() {
  return (
    <span className="flex flex-wrap gap-x-3 text-[13px] text-dim">
      <span>
        <span className="bg-replaced text-replaced-ink underline decoration-2 decoration-replaced-line underline-offset-4">
          replaced
        </span>
      </span>
      <span>
        <span className="bg-added text-added-ink underline decoration-2 decoration-added-line decoration-dashed underline-offset-4">
          only here
        </span>
      </span>
      <span>
        <span className="rounded-xs border border-added-line border-dashed px-0.5 font-mono text-[11px] text-added-line">
          ^2
        </span>{' '}
        words missing
      </span>
    </span>
  );
}
