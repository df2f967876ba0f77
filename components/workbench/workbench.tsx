'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { DriftTimeline } from '@/components/compare/drift-timeline';
import { ReplayPanel } from '@/components/compare/replay-panel';
import { Results } from '@/components/compare/results';
import { type LensAt, LensDock } from '@/components/lens/lens-dock';
import { Transport } from '@/components/lens/transport';
import { useLensLine } from '@/components/lens/use-lens';
import { type TracedRuns, useTraced } from '@/components/lens/use-traced';
import { SavedBar } from '@/components/share/saved-bar';
import { findFork } from '@/lib/compare/align/fork';
import { isComparable } from '@/lib/compare/measure/comparable';
import { defaultViewSettings, type View, type ViewSettings, views } from '@/lib/compare/results';
import { branch } from '@/lib/lens/branch';
import { fragmentToRecipe } from '@/lib/recipe/link';
import { armRequest } from '@/lib/recipe/plan';
import type { LinkFault } from '@/lib/recipe/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { isMissing } from '@/lib/run/record';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import {
  countRuns,
  countTokens,
  type Draft,
  type Field,
  type FieldProblem,
  hasMore,
  isAskedBy,
  readDraft,
  recipeToDraft,
  secondHalf,
} from '@/lib/session/draft';
import { endsOfWords, reveal } from '@/lib/session/playback';
import { tokenName } from '@/lib/words/lens';
import { ConfirmDialog } from './confirm-dialog';
import { type Guide, type Spotlight, useGuide } from './guide';
import { freshHead, type Opened } from './opened';
import type { Pace } from './pace-field';
import { RecipeForm } from './recipe-form';
import { useAddress } from './use-address';
import { useDrift } from './use-drift';
import { useExperiment } from './use-experiment';
import { findModel, useModels } from './use-models';

/** Tokens a second at which Seedling is asked to write for the page: fast, yet slow enough to watch. */
const readablePace = 60;

/** The one client root: what is asked, what happens, what came of it. */
export function Workbench({ opened, guide = null }: { opened: Opened; guide?: Guide | null }) {
  const [origin, setOrigin] = useState(opened.experiment.recipe);
  const [draft, setDraft] = useState(() => recipeToDraft(origin));
  const [typingProblem, setTypingProblem] = useState<FieldProblem | null>(null);
  const [viewSettings_, setViewSettings] = useState<ViewSettings>({
    ...defaultViewSettings,
    baseline: opened.kind === 'saved' && opened.parent ? 'stored' : 'common',
  });
  const [pace, setPace] = useState<Pace>('live');
  /** how many steps of each run are shown, and whether they go on by themselves; null for all */
  const [steps, setSteps] = useState<{ shown: number; autoplay: boolean } | null>(null);
  const [lens, setLens] = useState<(LensAt & { id: string; led: boolean }) | null>(null);
  const [changedHead, setHead] = useState<SavedHead | null>(opened.kind === 'saved' ? opened.saved : null);
  /** the stored experiment that is run again, by the first experiment on the screen that is not `before` */
  const [replayed, setReplayed] = useState({ parent: opened.kind === 'saved' ? opened.parent : null, before: '' });
  /** what runs when the experiment on the screen has ended, held against it */
  const [next, setNext] = useState<Recipe | null>(null);
  const { experiment, connecting, problem, run, stop, again } = useExperiment(opened.experiment);
  const confirm = useRef<HTMLDialogElement>(null);
  const providers = useModels();
  const running = experiment.running || connecting;
  const unsaved = opened.kind !== 'saved' && experiment.id === opened.experiment.id;
  const example = unsaved && opened.kind === 'example';

  // A recipe may have a thousand arms: it is read when the form changes, not whenever a text has grown.
  const read = useMemo(() => readDraft(draft, origin), [draft, origin]);
  const more = useMemo(() => hasMore(origin), [origin]);
  const edited = useMemo(
    () => !read.ok || !isAskedBy(draft, read.value, experiment.recipe),
    [draft, read, experiment.recipe],
  );
  const parent = experiment.id === replayed.before ? null : replayed.parent;
  const fresh = useMemo(() => freshHead(experiment.id, parent?.id ?? null), [experiment.id, parent?.id]);
  const unchanged = unsaved ? null : fresh;
  const head = changedHead?.id === experiment.id ? changedHead : unchanged;

  const mine = head?.own === true && head.origin === 'run';

  const load = (recipe: Recipe) => {
    setOrigin(recipe);
    setDraft(recipeToDraft(recipe));
  };

  const changeViewSettings = useCallback(
    (part: Partial<ViewSettings>) => setViewSettings((before) => ({ ...before, ...part })),
    [],
  );

  useRecipeLink({
    open: load,
    refuse: (fault) => setTypingProblem({ field: null, fault: { kind: 'not-opened', fault } }),
  });
  useViewInAddress((view) => setViewSettings((before) => ({ ...before, view })));
  useAddress({
    fixed: opened.kind === 'lesson',
    id: head?.id ?? null,
    view: viewSettings_.view,
    edited,
    recipe: read.ok ? read.value : null,
  });

  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    setTypingProblem(null);
  };

  const begin = (recipe: Recipe, stored: SavedExperiment | null) => {
    load(recipe);
    setNext(null);
    launch(recipe, stored);
  };

  const launch = (recipe: Recipe, stored: SavedExperiment | null) => {
    setReplayed({ parent: stored, before: experiment.id });
    setViewSettings((before) => ({ ...before, baseline: stored ? 'stored' : 'common', marking: 'auto' }));
    setSteps(pace === 'step' ? { shown: 1, autoplay: false } : null);
    setLens(null);
    const live = pace === 'live' && recipe.provider === 'seedling' && !prefersReducedMotion();
    run(recipe, live ? readablePace : null, stored?.id ?? null);
  };

  const beginAsked = (recipe: Recipe) => {
    begin(recipe, null);
    if (draft.dispatch !== 'both') return;
    change({ dispatch: 'both' });
    setNext(secondHalf(recipe));
  };

  const halt = () => {
    setNext(null);
    stop();
  };

  const start = () => {
    setTypingProblem(read.ok ? null : read.error);
    if (read.ok && isCostly(draft)) confirm.current?.showModal();
    else if (read.ok) beginAsked(read.value);
    else document.getElementById(idOf(read.error.field ?? 'prompt'))?.focus();
  };

  useShortcuts({ run: () => !running && start(), stop: () => running && halt() });

  const { provider, request } = experiment.recipe;
  const exact = findModel(providers, provider, request.model)?.exact ?? false;
  const line = useLensLine();
  const lensPlace = lens?.id === experiment.id && !running ? lens : null;
  const tracing = useTraced(line, experiment, lensPlace !== null || steps !== null, lensPlace?.run ?? null);
  const ends = useMemo(() => {
    const known = new Map(tracing.traced.map(({ run, moments }) => [run, moments.map(({ to }) => to)]));
    return known.size === experiment.runs.length ? known : null;
  }, [tracing, experiment]);
  const shown = steps
    ? reveal(experiment, steps.shown, (record) => ends?.get(record.run) ?? endsOfWords(record))
    : { experiment, most: 0 };
  const showStep = useCallback((step: number) => {
    setSteps((now) => now && { ...now, shown: step });
    // The lens, if it is open, looks at the token that has just come.
    setLens((now) => now && { id: now.id, led: now.led, run: now.run, at: Math.max(0, step - 1) });
  }, []);
  const continueWith = (run: number, at: number, token: string) => {
    const again = whatIf(experiment, tracing, run, at, token);
    if (again) begin(again, null);
  };
  useGuide(guide, {
    over: connecting || unsaved || shown.experiment.running ? null : shown.experiment,
    load,
    spotlight: ({ view, lens: through }) => {
      if (view) setViewSettings((before) => ({ ...before, view }));
      if (through) setLens({ id: experiment.id, led: true, ...lensAt(through, experiment) });
    },
  });
  const viewSettings: ViewSettings = {
    ...viewSettings_,
    baseline: viewSettings_.baseline === 'stored' && !parent ? 'common' : viewSettings_.baseline,
    stored: parent?.runs ?? null,
    origin: head?.origin ?? 'run',
  };
  const ended = !running && experiment.id !== replayed.before && (steps === null || steps.shown >= shown.most);
  useOnce(next !== null && ended, () => {
    setNext(null);
    if (next && head && experiment.runs.some(isComparable))
      launch(next, { ...head, recipe: experiment.recipe, runs: experiment.runs });
  });
  const timeline = useDrift(experiment, head, opened);
  return (
    <div className="mx-auto flex max-w-[240rem] flex-col gap-4 px-4 py-4 sm:px-6">
      {opened.kind === 'lesson' && <h2 className="sr-only">The tool</h2>}
      {opened.kind === 'example' && (
        <div>
          <h1 className="font-semibold text-xl">Does the same seed give the same output?</h1>
          <p className="text-dim">
            Write a prompt, fix the seed, run it several times, and see where the answers part.
          </p>
        </div>
      )}
      {opened.kind === 'saved' && (
        <h1 className={head?.title ? 'break-words font-semibold text-xl' : 'sr-only'}>
          {head?.title ?? 'An experiment'}
        </h1>
      )}
      <RecipeForm
        draft={draft}
        providers={providers}
        problem={typingProblem ?? problem}
        running={running}
        more={more && read.ok && read.value === origin}
        estimate={sayEstimate(draft)}
        pace={pace}
        onPace={setPace}
        onChange={change}
        onRun={start}
        onStop={halt}
      />
      <ConfirmDialog
        dialog={confirm}
        estimate={sayEstimate(draft)}
        provider={providers.find(({ id }) => id === draft.provider)?.name ?? draft.provider}
        onConfirm={() => read.ok && beginAsked(read.value)}
      />
      {head && (
        <SavedBar
          head={head}
          experiment={experiment}
          edited={edited}
          known={providers.some(({ id }) => id === provider)}
          onReplay={() => begin(experiment.recipe, { ...head, recipe: experiment.recipe, runs: experiment.runs })}
          onComplete={() => again(experiment.runs.filter(isMissing).map((each) => each.run))}
          onHead={setHead}
        />
      )}
      <Results
        experiment={shown.experiment}
        initialView={opened.view}
        example={example && !steps}
        outdated={!running && edited}
        exact={exact}
        viewSettings={viewSettings}
        onViewSettings={changeViewSettings}
        onStop={mine && !steps ? (one) => stop([one]) : null}
        onRetry={mine && !steps ? (one) => again([one]) : null}
        onLens={running ? null : (run, offset) => setLens({ id: experiment.id, led: false, run, offset })}
        onReplay={running || steps ? null : () => setSteps({ shown: 0, autoplay: true })}
        lens={
          lensPlace && (
            <LensDock
              line={line}
              tracing={tracing}
              place={lensPlace}
              onPlace={(place) => setLens({ id: experiment.id, led: lensPlace.led, ...place })}
              takesFocus={!lensPlace.led}
              onContinue={canGoOn(experiment, lensPlace.run) ? continueWith : null}
              runs={experiment.runs.length}
              onClose={() => setLens(null)}
            />
          )
        }
      >
        {parent && <ReplayPanel stored={parent} now={experiment} />}
        {steps && (
          <Transport
            step={steps.shown}
            most={shown.most}
            unit={ends ? 'token' : 'word'}
            autoplay={steps.autoplay}
            onStep={showStep}
            onClose={() => setSteps(null)}
          />
        )}
      </Results>
      {timeline && <DriftTimeline drift={timeline} current={experiment.id} />}
    </div>
  );
}

/** Where a guide wants the lens: at a token, or where the runs part; at the start if they do not. */
function lensAt(through: NonNullable<Spotlight['lens']>, { runs }: Experiment): LensAt {
  if (through !== 'fork') return { run: through.run, at: through.token };
  return { run: runs[0]?.run ?? 1, offset: findFork(runs.filter(isComparable))?.offset ?? 0 };
}

/** Whether a run can be gone on with from another token: Seedling takes up a text, and a seed keeps the draws. */
const canGoOn = ({ recipe, runs }: Experiment, run: number): boolean =>
  recipe.provider === 'seedling' && runs.some((each) => each.run === run && each.seed !== null);

/** The run as it was, and beside it what comes if another token is put in one place; null if it had no seed to keep. */
function whatIf(
  { recipe, runs }: Experiment,
  { traced }: TracedRuns,
  run: number,
  at: number,
  token: string,
): Recipe | null {
  const record = runs.find((each) => each.run === run);
  const moment = traced.find((each) => each.run === run)?.moments[at];
  if (!record || !moment || record.seed === null) return null;
  const request = armRequest(recipe, record.arm);
  const messages = branch(request.messages, record.text, moment, token);
  const arms = messages && [
    { label: 'as it was', set: {} },
    { label: `what if ${tokenName(token)}`, set: { messages } },
  ];
  return arms && { v: 1, provider: recipe.provider, request, arms, repeats: 1 };
}

/** Ids of the form's controls, where they are not the field's own name: that of "other.seed" is "other-seed". */
const otherIds: Partial<Record<Field, string>> = {
  provider: 'model',
  vary: 'seed',
  topP: 'top-p',
  maxTokens: 'max-tokens',
  dispatch: 'prompt',
  logprobs: 'prompt',
};

const idOf = (field: Field): string => otherIds[field] ?? field.replace('.', '-');

const prefersReducedMotion = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches;

/** More calls or tokens than this are asked about first, where they may cost something. */
const manyCalls = 20;
const manyTokens = 20_000;

function isCostly(draft: Draft): boolean {
  const calls = countRuns(draft) ?? 0;
  const tokens = countTokens(draft) ?? 0;
  return draft.provider !== 'seedling' && (calls > manyCalls || tokens > manyTokens);
}

function sayEstimate(draft: Draft): string {
  const calls = countRuns(draft);
  const most = countTokens(draft);
  if (calls === null) return '';
  const price = draft.provider === 'seedling' ? ', free' : '';
  const tokens = most === null ? '' : `, at most ${most.toLocaleString('en')} tokens`;
  return `${calls} ${calls === 1 ? 'call' : 'calls'}${tokens}${price}`;
}

type LinkActions = { open: (recipe: Recipe) => void; refuse: (fault: LinkFault) => void };

/** Opens the recipe that stands in the address: when the page is opened, and when such a link is pasted over it. */
function useRecipeLink(actions: LinkActions): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const openHash = async () => {
      if (!location.hash.startsWith('#r=')) return;
      const read = await fragmentToRecipe(location.hash);
      if (read.ok) latest.current.open(read.value);
      else if (read.error.kind !== 'not-a-link') latest.current.refuse(read.error);
    };
    void openHash();
    window.addEventListener('hashchange', openHash);
    return () => window.removeEventListener('hashchange', openHash);
  }, []);
}

/** Acts when something has become due, not again while it stays so. */
function useOnce(due: boolean, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    if (due) latest.current();
  }, [due]);
}

/** Takes up the view that the address names. */
function useViewInAddress(open: (view: View) => void): void {
  const latest = useRef(open);
  useEffect(() => {
    const named = new URLSearchParams(location.search).get('view');
    const view = views.find((each) => each === named);
    if (view) latest.current(view);
  }, []);
}

/** Ctrl or Cmd+Enter runs from anywhere; while running it does nothing, so nothing is spent twice. Esc stops. */
function useShortcuts(actions: { run: () => void; stop: () => void }): void {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (document.querySelector('dialog[open]')) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        latest.current.run();
      }
      if (event.key === 'Escape' && !document.querySelector(':popover-open')) latest.current.stop();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
