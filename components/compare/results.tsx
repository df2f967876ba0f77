'use client';

import type { ReactNode } from 'react';
import { Lens } from '@/components/lens/lens';
import { Transport } from '@/components/lens/transport';
import { shownId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { Alert } from '@/components/ui/alert';
import { compareArms } from '@/lib/compare/measure/arms';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { fingerprints, isEdited, isRunning, lensPlace, shownExperiment, viewSettings } from '@/lib/session/select';
import { sayComparisonFailure } from '@/lib/words/comparison';
import { counted } from '@/lib/words/english';
import { sayExample } from '@/lib/words/example';
import { ArmTable } from './arm-table';
import { CurrentView } from './current-view';
import { FiguresPanel, SeedTestLine } from './figures-panel';
import { ReplayPanel } from './replay-panel';
import { SentTo } from './sent-to';
import { useDifferenceKeys } from './use-difference-keys';
import { usePlaces } from './use-places';
import { useResults } from './use-results';
import { Verdict } from './verdict';
import { ViewControls } from './view-controls';

type ResultsProps = {
  initialView: SideBySide;
  /** what is stored of them, and what can be done with it */
  saved: ReactNode;
};

/** The results: the verdict, then the texts, in the view that is chosen. */
export function Results({ initialView, saved }: ResultsProps) {
  const experiment = useSession(shownExperiment);
  const results = useResults(experiment, useSession(viewSettings), initialView);
  const { sideBySide: view, figures, failure } = results;
  const places = usePlaces(view.places);
  useDifferenceKeys(places.step);
  const { runs, running, recipe } = experiment;
  const lesson = useSession(({ page }) => page === 'lesson');
  const lens = useSession(lensPlace);
  if (runs.length === 0)
    return (
      <>
        {saved}
        <NothingYet recipe={recipe} />
      </>
    );
  const arms = running ? null : compareArms(recipe, runs);
  return (
    <section
      id={shownId('results')}
      aria-label="Results"
      tabIndex={-1}
      className="flex flex-col gap-2 outline-none [print-color-adjust:exact]"
    >
      <Outdated />
      {failure && <Alert>{sayComparisonFailure(failure.message, runs.length > 1)}</Alert>}
      {!(failure && view.verdict.kind === 'comparing') && <Verdict view={view}>{lesson ? null : saved}</Verdict>}
      <ReplayPanel />
      <Transport />
      {figures?.seedTest && <SeedTestLine test={figures.seedTest} />}
      {arms && <ArmTable arms={arms} />}
      <ViewControls results={results} places={places} />
      <div className={`flex flex-col gap-3 ${lens ? besideClasses[lesson ? 'lesson' : 'page'] : ''}`}>
        <div className="min-w-0">
          <CurrentView results={results} current={places.current} />
        </div>
        <Lens />
      </div>
      <div className="flex flex-col gap-2 max-sm:order-2">
        <ExampleNote view={view} />
        <SentTo />
        {figures && runs.length > 1 && <FiguresPanel figures={figures} />}
        {lesson && saved}
      </div>
    </section>
  );
}

/** Texts and lens side by side, where there is room for both. A lesson's text takes some of it. */
const besideClasses = {
  page: 'lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(22rem,34%)]',
  lesson: 'xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(20rem,40%)]',
};

/** Before the first run of a recipe that was opened without results. */
function NothingYet({ recipe }: { recipe: Recipe }) {
  return (
    <section
      id={shownId('results')}
      aria-label="Results"
      tabIndex={-1}
      className="rounded-md border border-control border-dashed px-3 py-8 text-center outline-none"
    >
      Nothing has run yet. Press Run to make {counted(plan(recipe).length, 'run')}.
    </section>
  );
}

/** Before the verdict is read: that the form asks for something else by now. */
function Outdated() {
  const outdated = useSession((session) => !isRunning(session) && isEdited(session));
  return (
    outdated && (
      <p className="text-dim text-fine">
        These results are from the previous settings. <strong>Run</strong> to update.
      </p>
    )
  );
}

/** What the example shows, and the first thing to try. */
function ExampleNote({ view }: { view: SideBySide }) {
  const runs = useSession(({ on }) => on.experiment.runs.length);
  const example = useSession((session) => session.on.kind === 'example' && !session.playback && !isEdited(session));
  const found = useSession(fingerprints);
  if (!example) return null;
  return (
    <p className="rounded-md border border-hairline bg-panel px-3 py-2 text-sm">
      {sayExample({ runs, texts: view.variants, backends: 'all' in found ? found.all.length : 0 })}
    </p>
  );
}
