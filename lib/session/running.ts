import { branch } from '@/lib/lens/branch';
import { type SettingKey, settingOf } from '@/lib/recipe/parameters';
import { armProvider, armRequest, providersOf } from '@/lib/recipe/plan';
import { isProbe, probeRecipe } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import { isWorthRetrying } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { tokenName } from '@/lib/words/token';
import type { Action, Handlers } from './actions';
import { changeDraft, type Draft, secondHalf } from './draft';
import { isMuch } from './estimate';
import { load } from './form';
import { asStored, estimateOf, headOf, isReading, isRunning, keysFor, keyWanted, providerIn, readForm } from './select';
import type { Session, Step } from './session';

/** The pace for the page, in tokens a second: fast, yet slow enough to watch. */
const readablePace = 60;

export const handlers: Pick<
  Handlers,
  | 'run-asked'
  | 'run-confirmed'
  | 'run-declined'
  | 'probe-asked'
  | 'run-without-asked'
  | 'stop-asked'
  | 'stop-run-asked'
  | 'retry-asked'
  | 'completion-asked'
  | 'replay-asked'
  | 'what-if-asked'
> = {
  'run-asked': runForm,
  'run-confirmed': (session) => (session.confirming ? startForm({ ...session, confirming: false }) : session),
  'run-declined': (session) => ({ ...session, confirming: false }),
  'probe-asked': probe,
  'run-without-asked': (session, { key }) => runForm({ ...session, draft: without(session.draft, key) }),
  'stop-asked': stopAll,
  'stop-run-asked': (session, { run }) => ({
    session,
    effects: [{ kind: 'stop', id: session.on.experiment.id, runs: [run] }],
  }),
  'retry-asked': (session, action) => rerun(session, [action.run], action),
  'completion-asked': (session, action) =>
    rerun(
      session,
      session.on.experiment.runs.filter(isWorthRetrying).map(({ run }) => run),
      action,
    ),
  'replay-asked': replay,
  'what-if-asked': (session, { run, offset, token }) => {
    const recipe = whatIf(session, run, offset, token);
    return recipe ? begin(session, recipe, null) : session;
  },
};

/**
 * Runs what the form asks for, where there is one. If that may cost much it must be confirmed first; if the form is wrong, its
 * field is shown.
 */
function runForm(session: Session): Session | Step {
  if (isRunning(session) || isReading(session)) return session;
  const form = readForm(session);
  if (!form.ok) {
    const field = form.error.field ?? 'prompt';
    return {
      session: { ...session, problem: form.error },
      effects: [{ kind: 'focus', target: { kind: 'field', field } }],
    };
  }
  const asked = { ...session, problem: null };
  const provider = keyWanted(session, form.value, []);
  if (provider !== null) return { ...asked, keyAsked: { provider, next: { kind: 'run-asked' } } };
  const estimate = estimateOf(session);
  return estimate && !estimate.free && isMuch(estimate) ? { ...asked, confirming: true } : startForm(asked);
}

/** A form without a setting: in no run, and not as what varies. */
const without = (draft: Draft, key: SettingKey): Draft =>
  changeDraft(draft, {
    settings: { [key]: settingOf(key).without ?? '' },
    other: { [key]: '' },
    ...(draft.vary === key || (key === 'seed' && draft.vary === 'seed-test') ? { vary: 'nothing' } : {}),
  });

function startForm(session: Session): Session | Step {
  const form = readForm(session);
  if (!form.ok) return session;
  const { value: recipe } = form;
  const begun = begin(session, recipe, null);
  if (session.draft.dispatch !== 'both') return begun;
  // The form still says "both", though each half has one of them.
  const draft = { ...begun.session.draft, dispatch: 'both' as const };
  return { ...begun, session: { ...begun.session, draft, queue: [secondHalf(recipe)] } };
}

function probe(session: Session): Session | Step {
  if (isRunning(session) || isReading(session)) return session;
  const { provider, settings } = session.draft;
  const recipe = probeRecipe(provider, settings.model);
  if (keyWanted(session, recipe, []) !== null)
    return { ...session, keyAsked: { provider, next: { kind: 'probe-asked' } } };
  const form = readForm(session);
  const kept: Session = { ...session, origin: form.ok ? form.value : session.origin, queue: [] };
  const { session: launched, effects } = launch(kept, recipe, null);
  return { session: launched, effects: [...effects, { kind: 'focus', target: { kind: 'results' } }] };
}

function replay(session: Session): Session | Step {
  const head = headOf(session);
  if (!head || isRunning(session)) return session;
  const { recipe, runs } = session.on.experiment;
  const provider = keyWanted(session, recipe, runs);
  if (provider !== null) return { ...session, keyAsked: { provider, next: { kind: 'replay-asked' } } };
  const begun = begin(session, recipe, { ...head, recipe, runs });
  if (!isReading(session)) return begun;
  // The button that was pressed goes, and the form comes.
  return { ...begun, effects: [...begun.effects, { kind: 'focus', target: { kind: 'results' } }] };
}

/** Runs a recipe, and fills in the form from it. */
const begin = (session: Session, recipe: Recipe, parent: SavedExperiment | null): Step =>
  launch({ ...load(session, recipe), queue: [] }, recipe, parent);

/** Asks the server to run a recipe. What is on the screen stays until the first event of the new experiment. */
function launch(session: Session, recipe: Recipe, parent: SavedExperiment | null): Step {
  const paced = providersOf(recipe).some((id) => providerIn(session.providers, id)?.paced);
  const watched = paced && !isProbe(recipe);
  const pace = session.pace === 'live' && watched && !session.reducedMotion ? readablePace : null;
  return {
    session: {
      ...session,
      problem: null,
      link: { kind: 'asking', parent, stop: false },
      view: { ...session.view, baseline: parent ? 'stored' : 'common', marking: 'auto' },
      place: null,
      playback:
        session.pace === 'step' && !isProbe(recipe) ? { shown: 1, playing: false, speed: 'steady', ends: null } : null,
      lens: null,
    },
    effects: [{ kind: 'start', recipe, pace, parent: parent?.id ?? null, ...keysFor(session, recipe) }],
  };
}

/** Starts the next recipe of the queue, to be compared with what has just run; none if there is nothing to compare with. */
export function launchNext(session: Session): Step {
  const [recipe, ...queue] = session.queue;
  const parent = asStored(session);
  return recipe && parent
    ? launch({ ...session, queue }, recipe, parent)
    : { session: { ...session, queue: [] }, effects: [] };
}

function stopAll(session: Session): Session | Step {
  const { link, on } = session;
  if (!isRunning(session)) return session;
  const quiet = { ...session, queue: [] };
  if (link.kind === 'asking') return { ...quiet, link: { ...link, stop: true } };
  return { session: quiet, effects: [{ kind: 'stop', id: on.experiment.id, runs: null }] };
}

function rerun(
  session: Session,
  runs: readonly number[],
  next: Action<'retry-asked' | 'completion-asked'>,
): Session | Step {
  if (runs.length === 0) return session;
  const { id, recipe, runs: all } = session.on.experiment;
  const provider = keyWanted(session, recipe, all);
  if (provider !== null) return { ...session, keyAsked: { provider, next } };
  const follow = session.link.kind === 'idle';
  return {
    session: follow ? { ...session, problem: null, link: { kind: 'asking', parent: null, stop: false } } : session,
    effects: [{ kind: 'rerun', id, runs, follow, ...keysFor(session, recipe) }],
  };
}

/** The run as it was, beside what comes of another token in one place; null if it had no seed to keep. */
function whatIf({ on }: Session, run: number, offset: number, token: string): Recipe | null {
  const { recipe, runs } = on.experiment;
  const record = runs.find((each) => each.run === run);
  if (!record || record.seed === null) return null;
  const request = armRequest(recipe, record.arm);
  const messages = branch(request.messages, record.text, offset, token);
  if (!messages) return null;
  const arms = [
    { label: 'as it was', set: {} },
    { label: `what if ${tokenName(token)}`, set: { messages } },
  ];
  return { v: 1, provider: armProvider(recipe, record.arm), request, arms, repeats: 1 };
}
