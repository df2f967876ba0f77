import type { ProviderKeys } from '@/lib/api/own-keys';
import { isComparable } from '@/lib/compare/measure/comparable';
import { type FingerprintState, fingerprintState } from '@/lib/compare/measure/fingerprints';
import type { ViewSettings } from '@/lib/compare/results';
import { canonicalJson } from '@/lib/recipe/canonical';
import type { HiddenPart } from '@/lib/recipe/hidden-part';
import { settings as settingRows } from '@/lib/recipe/parameters';
import { armProvider, armRequest, armRequests, providersOf } from '@/lib/recipe/plan';
import { isProbe } from '@/lib/recipe/probe';
import { isBeyond, type Range, type RangedKey, rangedKeys } from '@/lib/recipe/range';
import type { Recipe } from '@/lib/recipe/recipe';
import { urlOf } from '@/lib/run/events';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';
import { type Draft, hiddenParts, isAskedBy, readDraft, recipeToDraft } from './draft';
import { type Estimate, estimate, estimateRecipe } from './estimate';
import type { LessonStep } from './lesson';
import type { Control } from './link-options';
import type { OfferedModel, OfferedProvider, ProviderList } from './providers';
import { remember } from './remember';
import { reveal } from './reveal';
import type { LensPlace, Session } from './session';

/*
 * What follows from a session. Each selector returns the same object until something that it depends on has changed.
 */

/** The experiment on the screen, all of it; `shownExperiment` is as much as is shown. */
export const experimentOf = ({ on }: Session): Experiment => on.experiment;

/** Whether something runs, or is about to. Then the button says Stop. */
export const isRunning = ({ on, link }: Session): boolean =>
  on.experiment.running || link.kind === 'asking' || link.kind === 'lost';

/** The head of the experiment on the screen; null if it is not stored. */
export const headOf = ({ on }: Session): SavedHead | null => ('head' in on ? on.head : null);

/** The title of what is on the screen: an experiment's, if it was given one, or an exhibit's. */
export const titleOf = (session: Session): string | null =>
  session.on.kind === 'exhibit' ? session.on.exhibit.title : (headOf(session)?.title ?? null);

/** Whether the page is that of a shared experiment as everybody gets it: of whose it is it says nothing. */
export const isShownToAll = ({ on }: Session): boolean => on.kind === 'saved' && !on.head.own;

/** Whether there is something to read and no form above it: a shared experiment of somebody else's, as it is stored. */
export const isReading = (session: Session): boolean =>
  isShownToAll(session) && session.link.kind !== 'asking' && !isEdited(session);

/** The stored experiment that the one on the screen repeats. */
export const parentOf = ({ on }: Session): SavedExperiment | null => ('parent' in on ? on.parent : null);

/** Whether the visitor may stop and repeat the runs on the screen. */
export function isMine(session: Session): boolean {
  const head = headOf(session);
  return head?.own === true && head.origin === 'run';
}

// A recipe may have a thousand arms: the form is read when it changes, not whenever a text has grown.
const read = remember(readDraft);
const hidden = remember(hiddenParts);
const edited = remember((draft: Draft, origin: Recipe, recipe: Recipe): boolean => {
  if (isProbe(recipe)) return canonicalJson(draft) !== canonicalJson(recipeToDraft(origin));
  const asked = read(draft, origin);
  return !asked.ok || !isAskedBy(draft, asked.value, recipe);
});

/** What the form asks for that its provider is not known to take. It is sent all the same. */
export const beyondRanges = (session: Session): readonly Beyond[] => beyond(readForm(session), session.providers);

/** A parameter with a value beyond the range that a provider, by name, is known to take. */
export type Beyond = { key: RangedKey; provider: string; range: Range };

const beyond = remember((form: ReturnType<typeof readDraft>, providers: ProviderList): readonly Beyond[] => {
  if (!form.ok) return [];
  const found = armRequests(form.value).flatMap((request, arm): Beyond[] => {
    const { name = '', ranges = {} } = providerIn(providers, armProvider(form.value, arm)) ?? {};
    return rangedKeys.flatMap((key) => {
      const [value, range] = [request[key], ranges[key]];
      return range && typeof value !== 'object' && value !== undefined && isBeyond(value, range)
        ? [{ key, provider: name, range }]
        : [];
    });
  });
  return [...new Map(found.map((each) => [`${each.key} ${each.provider}`, each])).values()];
});

/** The recipe that the form asks for, or what is wrong with it. */
export const readForm = ({ draft, origin }: Session): ReturnType<typeof readDraft> => read(draft, origin);

/** Whether the form asks for something other than what is on the screen, or than it did when a probe was started beside it. */
export const isEdited = ({ draft, origin, on }: Session): boolean => edited(draft, origin, on.experiment.recipe);

/** What the recipe that the form stands for asks for beyond what it can show. */
export function hiddenInForm(session: Session): readonly HiddenPart[] {
  const form = readForm(session);
  return form.ok && form.value === session.origin ? hidden(session.origin) : nothing;
}

const nothing: readonly HiddenPart[] = [];

/** The controls of the form that ask for something else than what is on the screen; none where nothing has run. */
export const changedControls = ({ draft, on }: Session): ReadonlySet<Control> =>
  changedFrom(draft, on.experiment.recipe, on.experiment.runs.length > 0);

const settingKeys = settingRows.map(({ key }) => key);
const nothingChanged: ReadonlySet<Control> = new Set();
const changedFrom = remember((draft: Draft, recipe: Recipe, hasRun: boolean): ReadonlySet<Control> => {
  if (!hasRun || isProbe(recipe)) return nothingChanged;
  const shown = recipeToDraft(recipe);
  const set = settingKeys.filter((key) => draft.settings[key] !== shown.settings[key]);
  const varied = draft.vary !== shown.vary || draft.values !== shown.values;
  return new Set<Control>([
    ...set,
    ...(draft.provider === shown.provider ? [] : (['model'] as const)),
    ...(draft.runs === shown.runs ? [] : (['runs'] as const)),
    ...(varied || settingKeys.some((key) => draft.other[key] !== shown.other[key]) ? (['vary'] as const) : []),
    ...(draft.dispatch === shown.dispatch ? [] : (['dispatch'] as const)),
  ]);
});

/** What the form asks for before it is run; null while it cannot be read. */
export function estimateOf(session: Session): Estimate | null {
  const [form, free] = [readForm(session), chargingProviders(session).length === 0];
  return form.ok && form.value === session.origin
    ? estimatedRecipe(session.origin, free)
    : estimated(session.draft, free);
}

/**
 * The first provider that a recipe asks and for which a key of the visitor's own is wanted and not there: since it has no other
 * here, or since runs that are to be repeated or completed were made with one.
 */
export function keyWanted({ providers, ownKeys }: Session, recipe: Recipe, runs: readonly RunRecord[]): string | null {
  const before = runs.filter((run) => run.status !== 'queued' && run.key === 'visitor');
  const wanted = providersOf(recipe).find((id) => {
    const { ownKey = 'no' } = providerIn(providers, id) ?? {};
    const again = before.some(({ arm }) => armProvider(recipe, arm) === id);
    return !(id in ownKeys) && (ownKey === 'must' || (ownKey === 'may' && again));
  });
  return wanted ?? null;
}

/** The visitor's own keys for the providers that a recipe asks, as they are sent with it; nothing if there are none. */
export function keysFor({ ownKeys }: Session, recipe: Recipe): { keys?: ProviderKeys } {
  const asked = providersOf(recipe).flatMap((id): [string, string][] => {
    const own = ownKeys[id];
    return own ? [[id, own.key]] : [];
  });
  return asked.length === 0 ? {} : { keys: Object.fromEntries(asked) };
}

/** The names of the providers that the form asks and that may charge for it. */
export function chargingProviders(session: Session): string[] {
  const { draft, providers } = session;
  const form = readForm(session);
  const asked = form.ok ? providersOf(form.value) : [draft.provider];
  return asked.filter((id) => !providerIn(providers, id)?.free).map((id) => providerIn(providers, id)?.name ?? id);
}

const estimated = remember(estimate);
const estimatedRecipe = remember(estimateRecipe);

/** The provider that a recipe or a form names, if it is one of those offered. */
export const providerIn = (providers: ProviderList, id: string): OfferedProvider | undefined =>
  providers.find((provider) => provider.id === id);

export const modelIn = (providers: ProviderList, provider: string, model: string): OfferedModel | undefined =>
  providerIn(providers, provider)?.models.find(({ id }) => id === model);

/**
 * Whether the runs shown could only come out equal: this server ran one request with one seed, on one program that repeats
 * exactly. Never of imported texts, whatever they say of themselves.
 */
export function isExact(session: Session): boolean {
  const { recipe, runs } = shownExperiment(session);
  const origin = headOf(session)?.origin ?? 'run';
  return origin === 'run' && isExactOf(recipe, runs, session.providers);
}

const isExactOf = remember((recipe: Recipe, runs: readonly RunRecord[], providers: ProviderList): boolean => {
  const compared = runs.filter(isComparable);
  const exact = compared.every(({ arm, model }) => modelIn(providers, armProvider(recipe, arm), model)?.exact);
  if (compared.length === 0 || !exact || fingerprintsOf(runs).kind !== 'same') return false;
  const calls = new Set(compared.map(({ arm }) => canonicalJson([armProvider(recipe, arm), armRequest(recipe, arm)])));
  return calls.size === 1 && compared.every(({ seed }) => seed !== null);
});

/** Whether runs on the screen were sent elsewhere than their provider's calls go now. Imported ones were not sent from here. */
export function hasMoved(session: Session): boolean {
  const { recipe, runs } = session.on.experiment;
  if (headOf(session)?.origin === 'import') return false;
  return runs.some((run) => {
    const now = providerIn(session.providers, armProvider(recipe, run.arm))?.endpoint;
    return now && run.status !== 'queued' && run.endpoint && urlOf(run.endpoint) !== urlOf(now);
  });
}

/** Whether the recipe on the screen can be run here. */
export const isProviderKnown = ({ on, providers }: Session): boolean =>
  providersOf(on.experiment.recipe).every((id) => providerIn(providers, id) !== undefined);

/** As much of the experiment as is shown, and in `max` how many steps there are in all; 0 if it is not played. */
export const shown = ({ on, playback }: Session): { experiment: Experiment; max: number } =>
  playback ? played(on.experiment, playback.shown, playback.ends) : unplayed(on.experiment);

const played = remember(reveal);
const unplayed = remember((experiment: Experiment) => ({ experiment, max: 0 }));

/** What the fingerprints of the runs shown say together. */
export const fingerprints = (session: Session): FingerprintState => fingerprintsOf(shownExperiment(session).runs);

const fingerprintsOf = remember(fingerprintState);

export const shownExperiment = (session: Session): Experiment => shown(session).experiment;

/** Whether all of the experiment has come, and all of it is shown. */
export const isOver = (session: Session): boolean => !isRunning(session) && !shownExperiment(session).running;

/** The settings of the view, with what the baselines `stored` and `expected` stand for. */
export const viewSettings = (session: Session): ViewSettings =>
  settings(session.view, parentOf(session), headOf(session)?.origin ?? 'run');

const settings = remember(
  (view: Session['view'], parent: SavedExperiment | null, origin: ViewSettings['origin']): ViewSettings => ({
    ...view,
    baseline: view.baseline === 'stored' && !parent ? 'common' : view.baseline,
    stored: parent?.runs ?? null,
    origin,
  }),
);

/** The lens's place; null if it is closed. While runs go on it has nothing to show. */
export const lensPlace = (session: Session): LensPlace | null =>
  isRunning(session) ? null : (session.lens?.place ?? null);

/** Whether a run's tokens are wanted: for the lens, or for going step by step. */
export const wantsTokens = (session: Session): boolean => lensPlace(session) !== null || session.playback !== null;

/** Whether a run can continue from another token: the provider continues texts, and a seed keeps the draws. */
export function canContinue({ on, providers }: Session, run: number): boolean {
  const { recipe, runs } = on.experiment;
  const record = runs.find((each) => each.run === run);
  if (!record || record.seed === null) return false;
  return providerIn(providers, armProvider(recipe, record.arm))?.continues ?? false;
}

/** The experiment on the screen, for another to be compared with; null unless it is stored and has a text to compare. */
export function asStored(session: Session): SavedExperiment | null {
  const head = headOf(session);
  const { recipe, runs } = session.on.experiment;
  return head && runs.some(isComparable) ? { ...head, recipe, runs } : null;
}

export const lessonStep = ({ lesson }: Session): LessonStep => lesson?.step ?? 'predict';

/** The step of the lesson that is looked at: the furthest one, or one that was done before. */
export const shownStep = ({ lesson }: Session): LessonStep => lesson?.shown ?? 'predict';
