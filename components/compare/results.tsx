'use client';

import { Play } from 'lucide-react';
import { type ReactNode, useCallback, useState } from 'react';
import { FingerprintSummary } from '@/components/runs/fingerprint-badge';
import { Button } from '@/components/ui/button';
import { ColumnsView } from '@/components/views/columns-view';
import { DifferencesView } from '@/components/views/differences-view';
import { MatrixView } from '@/components/views/matrix-view';
import { TreeView } from '@/components/views/tree-view';
import { VariantsView } from '@/components/views/variants-view';
import type { Position } from '@/lib/compare/align/positions';
import { compareArms } from '@/lib/compare/measure/arms';
import { findInFingerprints, fingerprintState } from '@/lib/compare/measure/fingerprints';
import type { ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { counted, plural } from '@/lib/words/english';
import { sayVerdict } from '@/lib/words/verdict';
import { ArmTable } from './arm-table';
import { BaselineSelect } from './baseline-select';
import { EqualitySelect } from './equality-select';
import { FiguresPanel, SeedTestLine } from './figures-panel';
import { FoldSelect } from './fold-select';
import { ForkStrip } from './fork-strip';
import { MarkingNote } from './marking-note';
import { useDifferenceKeys } from './use-difference-keys';
import { useResults } from './use-results';
import { VerdictBanner } from './verdict-banner';
import { ViewSwitch } from './view-switch';

type ResultsProps = {
  experiment: Experiment;
  initialView: SideBySide;
  /** whether this is the example that the page opens with */
  example: boolean;
  /** whether the form has been changed since these runs */
  outdated: boolean;
  exact: boolean;
  viewSettings: ViewSettings;
  onViewSettings: (change: Partial<ViewSettings>) => void;
  /** null: these runs are not the visitor's to stop or to make again */
  onStop: ((run: number) => void) | null;
  onRetry: ((run: number) => void) | null;
  /** looks at how a run's text was chosen, at an offset in it (UTF-16) */
  onLens: ((run: number, offset: number) => void) | null;
  /** shows the runs step by step; null: they are not over, or it does so already */
  onReplay: (() => void) | null;
  /** the lens, if somebody looks through it */
  lens: ReactNode;
  children?: ReactNode;
};

/** What came of it: the verdict, then the texts, in the view that is chosen. */
export function Results(props: ResultsProps) {
  const { experiment, initialView, example, outdated, exact, viewSettings, onViewSettings, onStop, onRetry, onLens } =
    props;
  const { sideBySide: view, folds, model, figures } = useResults(experiment, viewSettings, initialView);
  /** the place that somebody has gone to, as an offset in the baseline */
  const [gone, setGone] = useState<number | null>(null);
  const { places } = view;
  const place = places.findIndex(({ from, to }) => gone !== null && from <= gone && gone <= to);
  const goTo = (offset: number) => {
    if (viewSettings.view !== 'columns') onViewSettings({ view: 'columns' });
    setGone(offset);
  };
  const stepOn = (step: 1 | -1): boolean => {
    const first = step > 0 ? 0 : places.length - 1;
    const next = places[place < 0 ? first : (place + step + places.length) % places.length];
    if (next) goTo(next.from);
    return next !== undefined;
  };
  useDifferenceKeys(stepOn);
  const showPosition = useCallback(
    ({ from }: Position) => {
      onViewSettings({ view: 'columns', baseline: 'common' });
      setGone(from);
    },
    [onViewSettings],
  );
  const onRejoin = useCallback((rejoined: boolean) => onViewSettings({ rejoined }), [onViewSettings]);
  const { runs, running, recipe } = experiment;
  const fingerprints = fingerprintState(runs);
  const arms = running ? null : compareArms(recipe, runs);
  const compared = view.columns.filter(({ letter }) => letter !== null).length;
  const found =
    running || compared < 2 || exact
      ? null
      : findInFingerprints(fingerprints, view.variants, recipe.arms === undefined);
  if (runs.length === 0) return <NothingYet recipe={recipe} />;
  return (
    <section
      id="results"
      aria-label="Results"
      tabIndex={-1}
      className="flex flex-col gap-3 outline-none [print-color-adjust:exact]"
    >
      {example && !outdated && <ExampleNote view={view} runs={runs.length} />}
      {outdated && (
        <p className="rounded-md border border-control border-dashed px-3 py-2 text-sm">
          These results are from the previous settings. <strong>Run</strong> to update.
        </p>
      )}
      <VerdictBanner verdict={view.verdict} compared={compared} exact={exact} fingerprint={found}>
        <FingerprintSummary state={fingerprints} runs={runs.length} exact={exact} />
        {runs.length > 1 && (
          <EqualitySelect
            mode={viewSettings.mode}
            pattern={viewSettings.pattern}
            onMode={(mode) => onViewSettings({ mode })}
            onPattern={(pattern) => onViewSettings({ pattern })}
          />
        )}
      </VerdictBanner>
      {props.children}
      {figures?.seedTest && <SeedTestLine test={figures.seedTest} />}
      {arms && <ArmTable arms={arms} />}
      <p role="status" className="sr-only">
        {running ? `Running ${runs.length} runs.` : sayVerdict(view.verdict).sentence}
      </p>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {runs.length > 1 && (
          <ViewSwitch view={viewSettings.view} onChange={(chosen) => onViewSettings({ view: chosen })} />
        )}
        {model.view === 'columns' && (runs.length > 1 || viewSettings.stored) && (
          <>
            <BaselineSelect
              runs={runs.map(({ run }) => run)}
              stored={viewSettings.stored !== null}
              value={viewSettings.baseline}
              expected={viewSettings.expected}
              onChange={(baseline) => onViewSettings({ baseline })}
              onExpected={(expected) => onViewSettings({ expected })}
            />
            <FoldSelect value={viewSettings.foldMode} onChange={(foldMode) => onViewSettings({ foldMode })} />
            <Button
              variant="quiet"
              className="print:hidden"
              disabled={!props.onReplay}
              onClick={() => props.onReplay?.()}
            >
              <Play aria-hidden size={16} /> Step by step
            </Button>
          </>
        )}
        {runs.length > 1 && (model.view === 'columns' || model.view === 'variants') && (
          <Legend view={view} baseline={viewSettings.baseline} />
        )}
      </div>
      {runs.length > 1 && (
        <ForkStrip
          columns={view.columns}
          longest={runs.reduce((most, { text }) => Math.max(most, text.length), 1)}
          places={places}
          running={running}
          current={place < 0 ? null : place}
          noun={view.marked === 'shared' ? 'shared phrase' : 'difference'}
          onGo={(index) => goTo(places[index]?.from ?? 0)}
          onStep={stepOn}
        />
      )}
      {model.view === 'columns' && view.littleShared && (
        <MarkingNote marked={view.marked} places={places.length} onMark={(marking) => onViewSettings({ marking })} />
      )}
      {model.view === 'columns' && (
        <ColumnsView
          experiment={experiment}
          view={view}
          folds={folds}
          current={places[place] ?? null}
          terse={viewSettings.foldMode === 'differences' && !running}
          fingerprints={fingerprints}
          exact={exact}
          onStop={onStop}
          onRetry={onRetry}
          onLens={onLens}
        />
      )}
      {model.view === 'variants' && <VariantsView groups={model.groups} columns={view.columns} fork={view.fork} />}
      {model.view === 'differences' && (
        <DifferencesView alignment={model.alignment} mode={model.mode} onJump={showPosition} />
      )}
      {model.view === 'tree' && <TreeView model={model} rejoined={viewSettings.rejoined} onRejoin={onRejoin} />}
      {model.view === 'matrix' && <MatrixView matrix={model.matrix} />}
      {props.lens}
      {figures && runs.length > 1 && <FiguresPanel figures={figures} />}
    </section>
  );
}

/** Before the first run of a recipe that was opened without results. */
function NothingYet({ recipe }: { recipe: Recipe }) {
  const runs = plan(recipe).length;
  return (
    <section
      id="results"
      aria-label="Results"
      tabIndex={-1}
      className="rounded-md border border-control border-dashed px-3 py-8 text-center outline-none"
    >
      Nothing has run yet. Press Run to make {counted(runs, 'run')}.
    </section>
  );
}

/** The first discovery, set up by what this very run gave. */
function ExampleNote({ view, runs }: { view: SideBySide; runs: number }) {
  const texts = plural(view.variants, 'one text', `${view.variants} texts`);
  return (
    <p className="rounded-md border border-hairline bg-panel px-3 py-2 text-sm">
      An example that has already run, on Seedling, the tiny teaching model inside: {runs} seeds, {texts}. Now set{' '}
      <em>Vary between runs</em> to <em>nothing</em> and press Run: what will one seed give {runs} times? You cannot
      break anything here.
    </p>
  );
}

type LegendProps = { view: Pick<SideBySide, 'marked'>; baseline: ViewSettings['baseline'] };

const replaced = 'bg-replaced text-replaced-ink underline decoration-2 decoration-replaced-line underline-offset-4';
const added = 'bg-added text-added-ink underline decoration-2 decoration-added-line underline-offset-4';

function Legend({ view, baseline }: LegendProps) {
  if (view.marked === 'shared')
    return (
      <span className="text-[13px] text-dim">
        <span className={`${added} decoration-dotted`}>in both texts</span>, four words or more
      </span>
    );
  if (baseline === 'none')
    return (
      <span className="text-[13px] text-dim">
        <span className={replaced}>not in all runs</span>
        <span className="ms-0.5 align-super font-mono text-[11px] text-caution">3/5</span> how many read so
      </span>
    );
  return (
    <span className="flex flex-wrap gap-x-3 text-[13px] text-dim">
      <span className={replaced}>replaced</span>
      <span className={`${added} decoration-dashed`}>only here</span>
      <span>
        <span className="rounded-xs border border-added-line border-dashed px-0.5 font-mono text-[11px] text-added-line">
          ^2
        </span>{' '}
        words missing
      </span>
    </span>
  );
}
