import { type FirstDifference, findFork, placeOfFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import { sameQuestion } from '@/lib/recipe/canonical';
import { armRequests } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import { type EndedRun, isOver, type RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { findLeftOut, isComparable, type LeftOutReason } from './comparable';
import { compareDestinations, type Destination, destinationsOf } from './destinations';
import { groupFingerprints } from './fingerprints';
import { drawsFreely, mayDrawAnew } from './ground';
import type { Tone } from './verdict';

/** The experiment that is repeated. Without `origin` it was made by this server. */
export type Stored = { recipe: Recipe; runs: readonly RunRecord[]; origin?: SavedExperiment['origin'] };

/** The experiment that is run again. Without `running` it counts as going on until every run is over. */
export type Rerun = { recipe: Recipe; runs: readonly RunRecord[]; running?: boolean };

/** Run k compared with stored run k. */
export type ReplayPair = { run: number; matches: boolean; firstDifference: FirstDifference | null };

/** The runs that gave one text, on either side. */
export type ReplayGroup = { letter: string; stored: number[]; now: number[] };

/** A run of either side that is not compared; 'missing': that side has no run of this number. */
export type ReplayLeftOut = { side: 'stored' | 'new'; run: number; reason: LeftOutReason | { kind: 'missing' } };

/** An experiment run again, compared with the stored one that it repeats. Runs and words count from 1. */
export type Replay = {
  /**
   * 'compared': there are pairs. Without any: 'no-stored-text', 'no-new-text', 'no-common-run' where the texts there are
   * belong to other runs, 'other-recipe' where the recipes differ, so that nothing is compared.
   */
  kind: 'compared' | 'no-stored-text' | 'no-new-text' | 'no-common-run' | 'other-recipe';
  /** the stored runs were imported: their addresses and fingerprints are what their file says */
  imported: boolean;
  /** how the runs were sent, if the two differ in that */
  sent: { stored: Dispatch; now: Dispatch } | null;
  /** how far the new runs have come; null if they are over */
  progress: { finished: number; planned: number } | null;
  /** only where both sides can be compared */
  pairs: ReplayPair[];
  leftOut: ReplayLeftOut[];
  /** the runs of pairs that drew freely (`drawsFreely`): that their texts differ is no drift */
  unseeded: number[];
  /** the runs of pairs with a seed that means a new one each time to some servers (`mayDrawAnew`) */
  drawnAnew: number[];
  /** the distinct texts of both sides together, largest first */
  groups: ReplayGroup[];
  /** whether a difference run by run says little, so that the groups are worth naming */
  inGroups: boolean;
  /** where the runs with a text were sent, unless that is the same; null while one side has no text */
  destinations: ReplayDestinations | null;
  /** null while one side has no text */
  fingerprints: ReplayFingerprints | null;
};

/** Where either side was sent, by first run. */
export type ReplayDestinations = {
  /** 'unrecorded' leaves open whether there was a change */
  kind: 'changed' | 'unrecorded';
  stored: Destination[];
  now: Destination[];
};

type Dispatch = NonNullable<Recipe['dispatch']>;

/** The fingerprints of either side in the order of their first run; null in them if some runs came without. */
export type ReplayFingerprints = {
  /** 'never-reported', 'not-reported-then' and 'not-reported-now' leave open whether there was a change */
  kind: 'unchanged' | 'changed' | 'never-reported' | 'not-reported-then' | 'not-reported-now';
  stored: (string | null)[];
  now: (string | null)[];
};

/**
 * Compares an experiment that is run again with the stored one, run by run and as groups of texts. The two may differ in how
 * their runs were sent; experiments with other differences in their recipes are not compared.
 *
 *     stored 'the cat sat', 'the cat sat'   now 'the cat sat', 'the cat ran'
 *     →  { kind: 'compared', pairs: [{ run: 1, matches: true, … }, { run: 2, matches: false, firstDifference: { word: 3, … } }], … }
 *
 * While `now` goes on only its finished runs count.
 */
export function compareReplay(stored: Stored, now: Rerun): Replay {
  const imported = stored.origin === 'import';
  if (!sameApartFromDispatch(stored.recipe, now.recipe)) return { ...otherRecipe, imported };
  const before = stored.runs.filter(isComparable);
  const finished = now.running === false ? now.runs : now.runs.filter(isOver);
  const after = finished.filter(isComparable);
  const pairs = pairUp(before, after);
  const going = now.running ?? finished.length < now.runs.length;
  return {
    kind: pairs.length > 0 ? 'compared' : whyNothing(before.length, after.length),
    imported,
    sent: sentOtherwise(stored.recipe, now.recipe),
    progress: going ? { finished: finished.length, planned: now.runs.length } : null,
    pairs,
    unseeded: pairsThat(drawsFreely, stored.recipe, pairs),
    drawnAnew: pairsThat(mayDrawAnew, stored.recipe, pairs),
    leftOut: [
      ...unfit('stored', stored.runs),
      ...absent('stored', stored.runs, now.runs),
      ...unfit('new', finished),
      ...absent('new', now.runs, stored.runs),
    ],
    groups: groupSides(before, after),
    inGroups: saysLittle(pairs, before),
    ...(before.length > 0 && after.length > 0
      ? {
          destinations: sentElsewhere(before, after),
          fingerprints: compareFingerprints(reportedBy(before), reportedBy(after)),
        }
      : { destinations: null, fingerprints: null }),
  };
}

/** Good news only when all is in; a difference is news at once. */
export function toneOfReplay({ pairs, progress }: Pick<Replay, 'pairs' | 'progress'>): Tone {
  if (pairs.some(({ matches }) => !matches)) return 'differ';
  return progress || pairs.length === 0 ? 'open' : 'same';
}

/** Whether two recipes ask for the same, however their runs are sent. */
const sameApartFromDispatch = (a: Recipe, b: Recipe): boolean =>
  sameQuestion({ ...a, dispatch: 'parallel' }, { ...b, dispatch: 'parallel' });

function sentOtherwise(stored: Recipe, now: Recipe): Replay['sent'] {
  const [was, is] = [stored.dispatch ?? 'parallel', now.dispatch ?? 'parallel'];
  return was === is ? null : { stored: was, now: is };
}

const otherRecipe: Omit<Replay, 'imported'> = {
  kind: 'other-recipe',
  sent: null,
  progress: null,
  pairs: [],
  unseeded: [],
  drawnAnew: [],
  leftOut: [],
  groups: [],
  inGroups: false,
  destinations: null,
  fingerprints: null,
};

/** The runs of pairs whose request is of a kind. */
function pairsThat(test: (request: ChatRequest) => boolean, recipe: Recipe, pairs: readonly ReplayPair[]): number[] {
  const arms = armRequests(recipe).map(test);
  return pairs.flatMap(({ run }) => (arms[Math.floor((run - 1) / recipe.repeats)] ? [run] : []));
}

function whyNothing(before: number, after: number): Replay['kind'] {
  if (before === 0) return 'no-stored-text';
  return after === 0 ? 'no-new-text' : 'no-common-run';
}

function pairUp(before: readonly EndedRun[], after: readonly EndedRun[]): ReplayPair[] {
  const stored = new Map(before.map(({ run, text }) => [run, text]));
  return after.flatMap(({ run, text }) => {
    const was = stored.get(run);
    if (was === undefined) return [];
    const fork = findFork([
      { run: 1, text: was },
      { run: 2, text },
    ]);
    return { run, matches: fork === null, firstDifference: fork && placeOfFork(fork) };
  });
}

const unfit = (side: ReplayLeftOut['side'], runs: readonly RunRecord[]): ReplayLeftOut[] =>
  findLeftOut(runs).map((each) => ({ side, ...each }));

/** An imported experiment may lack runs that its recipe asks for. */
function absent(
  side: ReplayLeftOut['side'],
  runs: readonly RunRecord[],
  others: readonly RunRecord[],
): ReplayLeftOut[] {
  const there = new Set(runs.map(({ run }) => run));
  return others.filter(({ run }) => !there.has(run)).map(({ run }) => ({ side, run, reason: { kind: 'missing' } }));
}

/** Groups of the texts of both sides in one, the stored ones first, so that they are the first among equals. */
function groupSides(before: readonly EndedRun[], after: readonly EndedRun[]): ReplayGroup[] {
  const both = [...before, ...after];
  const texts = both.map(({ text }, place) => ({ run: place, text }));
  return groupTexts(texts).map(({ letter, runs: places }) => {
    const runsOf = (from: number, to: number) =>
      places.filter((place) => place >= from && place < to).flatMap((place) => both[place]?.run ?? []);
    return { letter, stored: runsOf(0, before.length), now: runsOf(before.length, both.length) };
  });
}

/**
 * Whether comparing run by run says little: if nothing ties run k to run k, since no seed was sent, or if the stored runs
 * had answered the same request in several ways.
 */
function saysLittle(pairs: readonly ReplayPair[], before: readonly EndedRun[]): boolean {
  if (pairs.every(({ matches }) => matches)) return false;
  const arms = [...Map.groupBy(before, ({ arm }) => arm).values()];
  return before.some(({ seed }) => seed === null) || arms.some((runs) => groupTexts(runs).length > 1);
}

function sentElsewhere(before: readonly EndedRun[], after: readonly EndedRun[]): ReplayDestinations | null {
  const [stored, now] = [destinationsOf(before), destinationsOf(after)];
  const kind = compareDestinations(stored, now);
  return kind && { kind, stored, now };
}

const reportedBy = (runs: readonly EndedRun[]): (string | null)[] => groupFingerprints(runs).map(({ value }) => value);

const compareFingerprints = (stored: (string | null)[], now: (string | null)[]): ReplayFingerprints => ({
  kind: kindOfChange(idsIn(stored), idsIn(now)),
  stored,
  now,
});

const idsIn = (values: readonly (string | null)[]): Set<string> => new Set(values.filter((value) => value !== null));

function kindOfChange(was: ReadonlySet<string>, is: ReadonlySet<string>): ReplayFingerprints['kind'] {
  if (was.size === 0) return is.size === 0 ? 'never-reported' : 'not-reported-then';
  if (is.size === 0) return 'not-reported-now';
  return was.symmetricDifference(is).size === 0 ? 'unchanged' : 'changed';
}
