'use client';

import { type ReactNode, useState } from 'react';
import { shownId } from '@/components/session/ids';
import { useSession } from '@/components/session/session-context';
import { Alert } from '@/components/ui/alert';
import { later } from '@/components/ui/later';
import { amongThemselves } from '@/lib/compare/measure/verdict';
import { isProbe } from '@/lib/recipe/probe';
import {
  experimentOf,
  isEdited,
  isRunning,
  lensPlace,
  parentOf,
  shownExperiment,
  viewSettings,
  wantsTokens,
} from '@/lib/session/select';
import { sayComparisonFailure } from '@/lib/words/comparison';
import { CurrentView } from './current-view';
import type { ReplayParts } from './replay-parts';
import { useDifferenceKeys } from './use-difference-keys';
import { usePlaces } from './use-places';
import { type Compared, useResults } from './use-results';
import { Verdict } from './verdict';
import { ViewControls } from './view-controls';

const Lens = later(() => import('@/components/lens/lens').then((lens) => lens.Lens));
const Transport = later(() => import('@/components/lens/transport').then((transport) => transport.Transport));
const ArmTable = later(() => import('./around-texts').then((around) => around.ArmTable));
const ReplayPart = later(() => import('./around-texts').then((around) => around.ReplayPart));
const ProbeTable = later(() => import('./around-texts').then((around) => around.ProbeTable));
const KeptHeight = later(() => import('./around-texts').then((around) => around.KeptHeight));
const TitleBelow = later(() => import('./around-texts').then((around) => around.TitleBelow));
const SentTo = later(() => import('./around-texts').then((around) => around.SentTo));
const FiguresPanel = later(() => import('./around-texts').then((around) => around.FiguresPanel));
const SeedTestLine = later(() => import('./around-texts').then((around) => around.SeedTestLine));

type ResultsProps = {
  /** what the page was opened with, if that had run */
  opened: Compared | null;
  /** what the server says of the experiment that the first one repeats */
  initialReplay?: ReplayParts | null;
  /** what the server says of the first one, if it is a probe */
  initialProbe?: ReactNode;
  /** what the server says of what each setting gave, if settings vary in it */
  initialArms?: ReactNode;
  /** what the server says of the example, or of an exhibit */
  initialNote?: ReactNode;
  /** what is stored of them */
  saved: ReactNode;
  /** what can be done with that */
  actions: ReactNode;
};

/** The results: the verdict, then the texts, in the view that is chosen. */
export function Results({
  opened,
  initialReplay = null,
  initialProbe = null,
  initialArms = null,
  initialNote = null,
  saved,
  actions,
}: ResultsProps) {
  const experiment = useSession(shownExperiment);
  const results = useResults(experiment, useSession(viewSettings), opened);
  const { sideBySide: view, figures, failure } = results;
  const places = usePlaces(view.places);
  useDifferenceKeys(places.step);
  const playing = useSession(({ playback }) => playback !== null);
  const { runs } = experiment;
  const lesson = useSession(({ page }) => page === 'lesson');
  const open = !playing && !failure && amongThemselves(view.verdict) === null;
  const growing = useSession(isRunning) || open;
  const repeats = useSession((session) => parentOf(session) !== null);
  const replay = repeats ? <Replay part="sentence" initial={initialReplay} /> : null;
  return (
    <section
      id={shownId('results')}
      aria-label="Results"
      tabIndex={-1}
      data-growing={growing || undefined}
      className="group/results flex flex-col gap-2 outline-none max-sm:gap-1 [print-color-adjust:exact]"
    >
      {failure && <Alert>{sayComparisonFailure(failure.message, runs.length > 1)}</Alert>}
      <Outcome results={results} initialProbe={initialProbe} replay={replay} actions={lesson ? null : actions} />
      {playing && <Transport />}
      {figures?.seedTest && <SeedTestLine test={figures.seedTest} />}
      <ViewControls results={results} places={places} />
      <BesideLens lesson={lesson}>
        <CurrentView results={results} current={places.current} />
      </BesideLens>
      <div data-after-texts className="narrow:order-2 flex flex-col gap-2 group-data-growing/results:hidden">
        <KeptHeight />
        <TitleBelow />
        {repeats && <Replay part="text" initial={initialReplay} />}
        <Arms initial={initialArms} />
        <Note initial={initialNote} />
        <SentTo />
        {saved}
        {figures && runs.length > 1 && <FiguresPanel figures={figures} />}
        {lesson && actions}
      </div>
    </section>
  );
}

type OutcomeProps = Pick<ResultsProps, 'initialProbe' | 'actions'> & {
  results: ReturnType<typeof useResults>;
  replay: ReactNode;
};

/** What came of it: of a probe what it found, of anything else the verdict. */
function Outcome({ results: { sideBySide: view, failure }, initialProbe, replay, actions }: OutcomeProps) {
  const { recipe } = useSession(shownExperiment);
  if (!isProbe(recipe))
    return failure && view.verdict.kind === 'comparing' ? null : (
      <Verdict view={view} replay={replay}>
        {actions}
      </Verdict>
    );
  return (
    <>
      <Probe initial={initialProbe} beside={actions} />
      {replay && <p className="flex items-start gap-2 font-semibold">{replay}</p>}
    </>
  );
}

/** Texts, and the lens beside them: it does not make the columns crowded, so those that were there stay. */
function BesideLens({ lesson, children }: { lesson: boolean; children: ReactNode }) {
  const tracing = useEver(useSession(wantsTokens));
  const lens = useSession(lensPlace);
  return (
    <div className="lg:@container/columns">
      <div className={`flex flex-col gap-3 ${lens ? besideClasses[lesson ? 'lesson' : 'page'] : ''}`}>
        <div className="min-w-0">{children}</div>
        {tracing && <Lens />}
      </div>
    </div>
  );
}

/** Texts and lens side by side, where there is room for both. A lesson's text takes some of it. */
const besideClasses = {
  page: 'lg:grid lg:grid-cols-[minmax(0,1fr)_minmax(22rem,34%)]',
  lesson: 'xl:grid xl:grid-cols-[minmax(0,1fr)_minmax(20rem,40%)]',
};

/** Whether what the page was opened with is on the screen: of that the server has rendered what is loaded later of others. */
function useIsFirst(): boolean {
  const now = useSession(experimentOf);
  const [first] = useState(now);
  return now === first;
}

/** What a repeat shows of what it repeats. */
function Replay({ part, initial }: { part: keyof ReplayParts; initial: ResultsProps['initialReplay'] }) {
  return useIsFirst() && initial ? initial[part] : <ReplayPart part={part} />;
}

/** What each setting gave, once all has come. */
function Arms({ initial }: { initial: ReactNode }) {
  const shown = useSession(shownExperiment);
  const first = useIsFirst();
  if (!shown.recipe.arms || shown.running) return null;
  return first && initial ? initial : <ArmTable experiment={shown} />;
}

/** What a probe has found. */
function Probe({ initial, beside }: { initial: ReactNode; beside: ReactNode }) {
  const now = useSession(experimentOf);
  const first = useIsFirst();
  return (
    <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
      <div className="min-w-0 grow basis-120">{first && initial ? initial : <ProbeTable experiment={now} />}</div>
      <div>{beside}</div>
    </div>
  );
}

/** Whether something has ever been so: the lens keeps what it has loaded. */
function useEver(now: boolean): boolean {
  const [ever, setEver] = useState(now);
  if (now && !ever) setEver(true);
  return ever || now;
}

/** What the server says of the example or of an exhibit, for as long as that is on the screen as it was. */
function Note({ initial }: { initial: ReactNode }) {
  const shown = useSession(
    (session) =>
      (session.on.kind === 'example' || session.on.kind === 'exhibit') && !session.playback && !isEdited(session),
  );
  return shown && initial;
}
