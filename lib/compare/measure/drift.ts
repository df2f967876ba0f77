import { groupTexts } from '@/lib/compare/align/groups';
import { armRequests } from '@/lib/recipe/plan';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { isComparable, type LeftOutReason, reasonLeftOut } from './comparable';
import { type Destination, destinationsOf, nameOf } from './destinations';
import { groupFingerprints } from './fingerprints';
import { drawsFreely } from './ground';

/** One run: the letter of its text, or why it has none. */
type DriftDot = { run: number } & ({ letter: string; leftOut: null } | { letter: null; leftOut: LeftOutReason });

/**
 * One experiment. `createdAt` is ISO 8601 in UTC. Of the runs with a text: their fingerprints by first run, null if runs came
 * without one, and where they were sent.
 */
type DriftRow = {
  id: string;
  createdAt: string;
  dots: DriftDot[];
  fingerprints: (string | null)[];
  destinations: Destination[];
};

/**
 * Rows `from` … `to` (indices, both included) that were sent to the same destinations and report the same fingerprints, in
 * order; `partly`: not in all runs.
 */
export type DriftBand = {
  fingerprints: string[];
  partly: boolean;
  destinations: Destination[];
  from: number;
  to: number;
};

/** What one recipe has given over time. Derived, never stored. */
export type Drift = {
  /** oldest first */
  rows: DriftRow[];
  /** how many distinct texts there are in all rows */
  letters: number;
  /** one after the other, over all rows */
  bands: DriftBand[];
  /** whether not all bands were sent to the same destinations */
  moved: boolean;
  finding: DriftFinding;
};

/**
 * What a timeline shows. Times are ISO 8601 in UTC; experiments without a text do not count as such. `unseeded`: runs drew
 * freely (`drawsFreely`), so that other texts are no drift.
 */
export type DriftFinding =
  | { kind: 'no-text' }
  /** one run in all has a text */
  | { kind: 'only-one' }
  /** the same text in all `compared` of the `planned` runs, on so many days */
  | { kind: 'one-text'; compared: number; planned: number; days: number }
  /** text A up to a day, text B from a day on, and nothing else */
  | { kind: 'turn'; until: string; since: string; unseeded: boolean }
  /** several texts, since seeds or settings vary between the runs, but each run has always given its own */
  | { kind: 'steady'; texts: number; experiments: number }
  /** several texts in the runs of one experiment */
  | { kind: 'one-experiment'; texts: number; compared: number; unseeded: boolean }
  /** several texts; of the `compared` runs that the latest has in common with the first, `different` ones differ */
  | { kind: 'change'; texts: number; experiments: number; different: number; compared: number; unseeded: boolean };

/**
 * The timeline of one recipe, from all experiments with that recipe (equal recipeHash; this is not checked here). The
 * letters are common to all rows and go by first appearance: A is the oldest text.
 *
 *     3 Mar 'x' 'x'   9 Mar 'y' 'y'   →  rows A A, B B; { kind: 'turn', until: 3 Mar, since: 9 Mar }
 */
export function drift(experiments: readonly SavedExperiment[]): Drift {
  const oldestFirst = experiments.toSorted((a, b) => inOrder(a.createdAt, b.createdAt) || inOrder(a.id, b.id));
  const letters = letterTexts(oldestFirst.flatMap(({ runs }) => runs.filter(isComparable).map(({ text }) => text)));
  const rows = oldestFirst.map((experiment) => row(experiment, letters));
  const bands = bandsOf(rows);
  const moved = new Set(bands.flatMap(({ destinations }) => placesIn(destinations) ?? [])).size > 1;
  const unseeded = oldestFirst.some(({ recipe }) => armRequests(recipe).some(drawsFreely));
  return { rows, letters: letters.size, bands, moved, finding: judge(rows, letters.size, unseeded) };
}

const inOrder = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Each text once, as a run of its own: groups of one size are lettered in the order in which they come. */
function letterTexts(texts: readonly string[]): Map<string, string> {
  const distinct = [...new Set(texts)].map((text, place) => ({ run: place, text }));
  return new Map(groupTexts(distinct).map(({ letter, text }) => [text, letter]));
}

function row({ id, createdAt, runs }: SavedExperiment, letters: ReadonlyMap<string, string>): DriftRow {
  const compared = runs.filter(isComparable);
  return {
    id,
    createdAt,
    dots: runs.map((record) => dot(record, letters)),
    fingerprints: groupFingerprints(compared).map(({ value }) => value),
    destinations: destinationsOf(compared),
  };
}

function dot(record: RunRecord, letters: ReadonlyMap<string, string>): DriftDot {
  const { run, text } = record;
  const leftOut = reasonLeftOut(record);
  return leftOut ? { run, letter: null, leftOut } : { run, letter: letters.get(text) ?? '', leftOut };
}

function bandsOf(rows: readonly DriftRow[]): DriftBand[] {
  const bands: DriftBand[] = [];
  for (const [index, { fingerprints, destinations }] of rows.entries()) {
    const told = { ...reportedIn(fingerprints), destinations };
    const last = bands.at(-1);
    if (last && isSame(last, told)) last.to = index;
    else bands.push({ ...told, from: index, to: index });
  }
  return bands;
}

type Told = Omit<DriftBand, 'from' | 'to'>;

const isSame = (a: Told, b: Told): boolean =>
  a.partly === b.partly &&
  a.fingerprints.length === b.fingerprints.length &&
  a.fingerprints.every((value, index) => value === b.fingerprints[index]) &&
  placesIn(a.destinations) === placesIn(b.destinations);

/** Destinations as one text, the same in whatever order they come; null for none. */
const placesIn = (destinations: readonly Destination[]): string | null =>
  destinations.length === 0 ? null : JSON.stringify(destinations.map(nameOf).toSorted(inOrder));

/** The fingerprints as a set, in whatever order the runs brought them. */
function reportedIn(values: readonly (string | null)[]): Pick<DriftBand, 'fingerprints' | 'partly'> {
  const fingerprints = values.filter((value) => value !== null).toSorted(inOrder);
  return { fingerprints, partly: fingerprints.length > 0 && fingerprints.length < values.length };
}

function judge(rows: readonly DriftRow[], texts: number, unseeded: boolean): DriftFinding {
  const compared = rows.filter(({ dots }) => dots.some(isLettered));
  const dots = compared.flatMap((row) => row.dots.filter(isLettered));
  if (texts === 0) return { kind: 'no-text' };
  if (dots.length === 1) return { kind: 'only-one' };
  if (texts === 1) {
    const days = new Set(compared.map(({ createdAt }) => dayOf(createdAt))).size;
    return { kind: 'one-text', compared: dots.length, planned: rows.flatMap((row) => row.dots).length, days };
  }
  return findTurn(compared, texts, unseeded) ?? findSteady(compared, texts) ?? findChange(compared, texts, unseeded);
}

const isLettered = ({ letter }: DriftDot): boolean => letter !== null;

/** The day of an ISO 8601 time in UTC: '2026-03-03' */
const dayOf = (time: string): string => time.slice(0, 10);

/** One text up to a day, another from a day on, and no other. */
function findTurn(rows: readonly DriftRow[], texts: number, unseeded: boolean): DriftFinding | null {
  const turn = rows.findIndex(({ dots }) => dots.some(({ letter }) => letter === 'B'));
  const [last, first] = [rows[turn - 1], rows[turn]];
  const clean = rows.every(({ dots }, index) =>
    dots.filter(isLettered).every(({ letter }) => letter === (index < turn ? 'A' : 'B')),
  );
  if (texts !== 2 || !clean || !last || !first) return null;
  const [until, since] = [last.createdAt, first.createdAt];
  return dayOf(until) === dayOf(since) ? null : { kind: 'turn', until, since, unseeded };
}

/** Several texts, since seeds or settings vary between the runs, but each run has always given its own. */
function findSteady(rows: readonly DriftRow[], texts: number): DriftFinding | null {
  const [first, ...others] = rows;
  if (!first || others.length === 0) return null;
  const steady = others.every((row) => {
    const { same, compared } = matchRows(first, row);
    return same === compared && compared === row.dots.length;
  });
  return steady ? { kind: 'steady', texts, experiments: rows.length } : null;
}

function findChange(rows: readonly DriftRow[], texts: number, unseeded: boolean): DriftFinding {
  const [first, latest] = [rows[0], rows.at(-1)];
  if (!first || !latest || rows.length === 1)
    return {
      kind: 'one-experiment',
      texts,
      compared: rows.flatMap(({ dots }) => dots.filter(isLettered)).length,
      unseeded,
    };
  const { same, compared } = matchRows(first, latest);
  return { kind: 'change', texts, experiments: rows.length, different: compared - same, compared, unseeded };
}

/** In how many runs two rows have the same text, of those that have one in both. */
function matchRows(a: DriftRow, b: DriftRow): { same: number; compared: number } {
  const letters = new Map(a.dots.map(({ run, letter }) => [run, letter]));
  const both = b.dots.filter(({ run, letter }) => letter !== null && (letters.get(run) ?? null) !== null);
  return { same: both.filter(({ run, letter }) => letters.get(run) === letter).length, compared: both.length };
}
