import { type FirstDifference, findFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import { recipeHash } from '@/lib/recipe/canonical';
import type { Recipe } from '@/lib/recipe/recipe';
import { type EndedRun, isOver, type RunRecord } from '@/lib/run/record';
import { isComparable, whyLeftOut } from './comparable';
import { groupFingerprints } from './fingerprints';
import { capital, sayRuns, type Verdict } from './verdict';

/** The experiment that is run again. Without `running` it counts as going on until every run is over. */
export type Rerun = { recipe: Recipe; runs: readonly RunRecord[]; running?: boolean };

/** Run k held against stored run k. */
export type ReplayPair = { run: number; matches: boolean; firstDifference: FirstDifference | null };

/** The runs that gave one text, on either side. */
export type ReplayGroup = { letter: string; stored: number[]; now: number[] };

/** An experiment run again, held against the stored one that it came from. Runs and words count from 1. */
export type Replay = {
  /** run by run, in one sentence: "4 of 5 match the stored text; run 2 differs at word 37." */
  sentence: string;
  tone: Verdict['tone'];
  /** only where both sides can be compared */
  pairs: ReplayPair[];
  /** what cannot be compared, its side in the words: "stored run 3 failed: rate limit." */
  leftOut: { run: number; why: string }[];
  /** the distinct texts of both sides together, largest first */
  groups: ReplayGroup[];
  /** the texts as groups, where run by run says little; '' where it says all */
  groupSentence: string;
  /** what the fingerprints add, never as a proven cause; '' while one side has no text */
  fingerprintSentence: string;
};

/**
 * Compares an experiment that is run again with the stored one, run by run and as groups of texts.
 *
 *     stored 'the cat sat', 'the cat sat'   now 'the cat sat', 'the cat ran'
 *     →  "1 of 2 matches the stored text; run 2 differs at word 3."
 *
 * While `now` goes on only its finished runs count, and the sentence says how far it has come. Where the two only differ
 * in how their runs were sent, the sentence begins with that: "One after the other against all at once: …". Of recipes
 * that ask different things nothing is compared.
 */
export function compareReplay(stored: { recipe: Recipe; runs: readonly RunRecord[] }, now: Rerun): Replay {
  if (hashApartFromDispatch(stored.recipe) !== hashApartFromDispatch(now.recipe)) return otherRecipe;
  const before = stored.runs.filter(isComparable);
  const finished = now.running === false ? now.runs : now.runs.filter(isOver);
  const after = finished.filter(isComparable);
  const pairs = pairUp(before, after);
  const leftOut = [
    ...unfit('stored', stored.runs),
    ...absent('stored', stored.runs, now.runs),
    ...unfit('new', finished),
    ...absent('new', now.runs, stored.runs),
  ];
  const groups = groupSides(before, after);
  const going = now.running ?? finished.length < now.runs.length;
  const said = pairs.length > 0 ? sayPairs(pairs, leftOut.length > 0) : sayNothing(before.length, after.length);
  return {
    sentence: capital(
      sayDispatch(stored.recipe, now.recipe) +
        (going ? `${finished.length} of ${now.runs.length} so far: ${said}` : said),
    ),
    tone: toneOf(pairs, going),
    pairs,
    leftOut,
    groups,
    groupSentence: saysLittle(pairs, before) ? sayGroups(groups) : '',
    fingerprintSentence:
      before.length > 0 && after.length > 0 ? sayFingerprints(carriedBy(before), carriedBy(after)) : '',
  };
}

/** What a recipe asks for, whichever way its runs are sent. */
const hashApartFromDispatch = (recipe: Recipe): string => recipeHash({ ...recipe, dispatch: 'parallel' });

/** "one after the other against all at once: " where the runs were sent in another way than the stored ones. */
function sayDispatch(stored: Recipe, now: Recipe): string {
  const [was, is] = [stored.dispatch ?? 'parallel', now.dispatch ?? 'parallel'];
  return was === is ? '' : `${ways[is]} against ${ways[was]}: `;
}

const ways = { parallel: 'all at once', sequential: 'one after the other' };

const otherRecipe: Replay = {
  sentence: 'These experiments asked different things, so their texts are not compared.',
  tone: 'open',
  pairs: [],
  leftOut: [],
  groups: [],
  groupSentence: '',
  fingerprintSentence: 'Fingerprints can change with the settings, so they are compared only for the same recipe.',
};

function pairUp(before: readonly EndedRun[], after: readonly EndedRun[]): ReplayPair[] {
  const stored = new Map(before.map(({ run, text }) => [run, text]));
  return after.flatMap(({ run, text }) => {
    const was = stored.get(run);
    if (was === undefined) return [];
    const fork = findFork([
      { run: 1, text: was },
      { run: 2, text },
    ]);
    return { run, matches: fork === null, firstDifference: fork && { word: fork.word, character: fork.character } };
  });
}

const unfit = (side: string, runs: readonly RunRecord[]): Replay['leftOut'] =>
  runs
    .filter((record) => !isComparable(record))
    .map((record) => ({ run: record.run, why: `${side} run ${record.run} ${whyLeftOut(record)}` }));

/** An imported experiment may lack runs that its recipe asks for. */
function absent(side: string, runs: readonly RunRecord[], others: readonly RunRecord[]): Replay['leftOut'] {
  const there = new Set(runs.map(({ run }) => run));
  return others.filter(({ run }) => !there.has(run)).map(({ run }) => ({ run, why: `${side} run ${run} is missing.` }));
}

/** Good news only when all is in; a difference is news at once. */
function toneOf(pairs: readonly ReplayPair[], going: boolean): Verdict['tone'] {
  if (pairs.some(({ matches }) => !matches)) return 'differ';
  return going || pairs.length === 0 ? 'open' : 'same';
}

function sayPairs(pairs: readonly ReplayPair[], some: boolean): string {
  const matching = pairs.filter(({ matches }) => matches).length;
  const of = `${matching} of ${pairs.length}${some ? ' comparable runs' : ''}`;
  return `${of} ${matching === 1 ? 'matches' : 'match'} the stored text${sayDifferences(pairs)}.`;
}

function sayDifferences(pairs: readonly ReplayPair[]): string {
  const places = pairs.flatMap(({ run, firstDifference }) => (firstDifference ? [{ run, ...firstDifference }] : []));
  if (places.length === 0) return '';
  const earliest = Math.min(...places.map(({ word }) => word));
  const runs = sayRuns(places.map(({ run }) => run));
  return places.length === 1
    ? `; ${runs} differs at word ${earliest}`
    : `; ${runs} differ, earliest at word ${earliest}`;
}

function sayNothing(before: number, after: number): string {
  if (before === 0) return 'nothing to compare with: no stored run finished with a text.';
  return after === 0 ? 'no new run has finished with a text.' : 'no run has a text on both sides.';
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
 * Whether a difference run by run says little: where nothing ties run k to run k, since no seed was sent, or where the
 * stored runs had answered one and the same request in several ways.
 */
function saysLittle(pairs: readonly ReplayPair[], before: readonly EndedRun[]): boolean {
  if (pairs.every(({ matches }) => matches)) return false;
  const arms = [...Map.groupBy(before, ({ arm }) => arm).values()];
  return before.some(({ seed }) => seed === null) || arms.some((runs) => groupTexts(runs).length > 1);
}

/** More would not be read in a sentence. */
const maxSaid = 4;

function sayGroups(groups: readonly ReplayGroup[]): string {
  const said = groups
    .slice(0, maxSaid)
    .map(
      ({ letter, stored, now }) =>
        `text ${letter} ${sayTimes(stored.length, 'before')}, ${sayTimes(now.length, 'now')}`,
    );
  const rest = groups.length - said.length;
  return `As groups: ${[...said, ...(rest > 0 ? [`${rest} more ${rest === 1 ? 'text' : 'texts'}`] : [])].join('; ')}.`;
}

function sayTimes(count: number, when: string): string {
  if (count === 0) return `not ${when}`;
  return count === 1 ? `once ${when}` : `${count} times ${when}`;
}

/** The fingerprints of one side in the order of their first run; null if some runs came without. */
const carriedBy = (runs: readonly EndedRun[]): (string | null)[] => groupFingerprints(runs).map(({ value }) => value);

function sayFingerprints(before: readonly (string | null)[], after: readonly (string | null)[]): string {
  const [was, is] = [before, after].map((values) => values.filter((value) => value !== null));
  if (!was || !is || (was.length === 0 && is.length === 0)) return 'No fingerprint was reported, then or now.';
  if (was.length === 0) return `No fingerprint was reported then, now ${sayValues(after)}: a change cannot be seen.`;
  if (is.length === 0)
    return `The fingerprint was ${sayValues(before)}, now none is reported: a change cannot be seen.`;
  const several = was.length > 1 || is.length > 1;
  const name = several ? 'Fingerprints' : 'Fingerprint';
  if (new Set(was).symmetricDifference(new Set(is)).size === 0)
    return `${name} unchanged: ${sayValues(before.length >= after.length ? before : after)}.`;
  const change = `The ${name.toLowerCase()} changed from ${sayValues(before)} to ${sayValues(after)}.`;
  return `${change} That can go with a change, it does not prove its cause.`;
}

function sayValues(values: readonly (string | null)[]): string {
  const ids = values.filter((value) => value !== null);
  const more = ids.length > maxSaid ? ` and ${ids.length - maxSaid} more` : '';
  return `${ids.slice(0, maxSaid).join(', ')}${more}${ids.length < values.length ? ' (not in all runs)' : ''}`;
}
