import { groupTexts } from '@/lib/compare/align/groups';
import type { SavedExperiment } from '@/lib/run/saved';
import { isComparable, whyLeftOut } from './comparable';
import { groupFingerprints } from './fingerprints';

/** One run: the letter of its text, or why it has none. */
export type DriftDot = { run: number; letter: string | null; why: string | null };

/** One experiment. `createdAt` is ISO 8601 in UTC; `fingerprints` come by first run, null if runs came without one. */
export type DriftRow = { id: string; createdAt: string; dots: DriftDot[]; fingerprints: (string | null)[] };

/** Rows `from` … `to` (indices, both included) that report the same fingerprints; null: none. */
export type DriftBand = { fingerprint: string | null; from: number; to: number };

/** What one recipe has given over time. Derived, never stored. */
export type Drift = {
  /** oldest first */
  rows: DriftRow[];
  /** how many distinct texts there are in all rows */
  letters: number;
  /** one after the other, over all rows */
  bands: DriftBand[];
  sentence: string;
};

/**
 * The timeline of one recipe, from all experiments that asked it (equal recipeHash; this is not checked here). The
 * letters are common to all rows and go by first appearance: A is the oldest text.
 *
 *     3 Mar 'x' 'x'   9 Mar 'y' 'y'   →  rows A A, B B; "Text A until 3 Mar 2026, text B since 9 Mar 2026."
 */
export function drift(experiments: readonly SavedExperiment[]): Drift {
  const oldestFirst = experiments.toSorted((a, b) => inOrder(a.createdAt, b.createdAt) || inOrder(a.id, b.id));
  const letters = letterTexts(oldestFirst.flatMap(({ runs }) => runs.filter(isComparable).map(({ text }) => text)));
  const rows = oldestFirst.map((experiment) => row(experiment, letters));
  return { rows, letters: letters.size, bands: bandsOf(rows), sentence: sayDrift(rows, letters.size) };
}

const inOrder = (a: string, b: string): number => Number(a > b) - Number(a < b);

/** Each text once, as a run of its own: groups of one size are lettered in the order in which they come. */
function letterTexts(texts: readonly string[]): Map<string, string> {
  const distinct = [...new Set(texts)].map((text, place) => ({ run: place, text }));
  return new Map(groupTexts(distinct).map(({ letter, text }) => [text, letter]));
}

function row({ id, createdAt, runs }: SavedExperiment, letters: ReadonlyMap<string, string>): DriftRow {
  return {
    id,
    createdAt,
    dots: runs.map((record) =>
      isComparable(record)
        ? { run: record.run, letter: letters.get(record.text) ?? null, why: null }
        : { run: record.run, letter: null, why: whyLeftOut(record) },
    ),
    fingerprints: groupFingerprints(runs.filter(isComparable)).map(({ value }) => value),
  };
}

function bandsOf(rows: readonly DriftRow[]): DriftBand[] {
  const bands: DriftBand[] = [];
  for (const [index, { fingerprints }] of rows.entries()) {
    const fingerprint = sayFingerprints(fingerprints);
    const last = bands.at(-1);
    if (last?.fingerprint === fingerprint) last.to = index;
    else bands.push({ fingerprint, from: index, to: index });
  }
  return bands;
}

/** The same words for the same set, in whatever order the runs brought it. */
function sayFingerprints(values: readonly (string | null)[]): string | null {
  const ids = values.filter((value) => value !== null).toSorted(inOrder);
  if (ids.length === 0) return null;
  return `${ids.join(', ')}${ids.length < values.length ? ' (not in all runs)' : ''}`;
}

function sayDrift(rows: readonly DriftRow[], letters: number): string {
  const compared = rows.filter(({ dots }) => dots.some(isLettered));
  const dots = compared.flatMap((row) => row.dots.filter(isLettered));
  if (letters === 0) return 'No run finished with a text.';
  if (dots.length === 1) return 'Only 1 run counts: nothing to compare it with.';
  if (letters === 1) return sayOneText(dots.length, rows.flatMap((row) => row.dots).length, compared);
  return sayTurn(compared, letters) ?? saySteady(compared, letters) ?? sayChange(compared, letters);
}

const isLettered = ({ letter }: DriftDot): boolean => letter !== null;

function sayOneText(finished: number, planned: number, rows: readonly DriftRow[]): string {
  const days = new Set(rows.map(({ createdAt }) => sayDay(createdAt))).size;
  const runs = finished === planned ? 'runs' : 'finished runs';
  return `The same text in all ${finished} ${runs} on ${days} ${days === 1 ? 'day' : 'days'}.`;
}

/** One text up to a day, another from a day on: said only if it is literally so. */
function sayTurn(rows: readonly DriftRow[], letters: number): string | null {
  const turn = rows.findIndex(({ dots }) => dots.some(({ letter }) => letter === 'B'));
  const [last, first] = [rows[turn - 1], rows[turn]];
  const clean = rows.every(({ dots }, index) =>
    dots.filter(isLettered).every(({ letter }) => letter === (index < turn ? 'A' : 'B')),
  );
  if (letters !== 2 || !clean || !last || !first) return null;
  const [until, since] = [sayDay(last.createdAt), sayDay(first.createdAt)];
  return until === since ? null : `Text A until ${until}, text B since ${since}.`;
}

/** Several texts, since seeds or settings vary between the runs, but each run has always given its own. */
function saySteady(rows: readonly DriftRow[], letters: number): string | null {
  const [first, ...others] = rows;
  if (!first || others.length === 0) return null;
  const steady = others.every((row) => {
    const { same, compared } = matchRows(first, row);
    return same === compared && compared === row.dots.length;
  });
  return steady ? `The same ${letters} texts, run by run, in all ${rows.length} experiments.` : null;
}

function sayChange(rows: readonly DriftRow[], letters: number): string {
  const [first, latest] = [rows[0], rows.at(-1)];
  if (!first || !latest || rows.length === 1)
    return `${letters} texts in ${rows.flatMap(({ dots }) => dots.filter(isLettered)).length} runs.`;
  const { same, compared } = matchRows(first, latest);
  return `${letters} texts over ${rows.length} experiments; ${sayLatest(compared - same, compared)}.`;
}

function sayLatest(different: number, compared: number): string {
  if (compared === 0) return 'the latest has no run in common with the first';
  const runs = compared === 1 ? 'run' : 'runs';
  if (different === 0) return `the latest matches the first in ${compared} of ${compared} ${runs}`;
  return `the latest differs from the first in ${different} of ${compared} ${runs}`;
}

/** In how many runs two rows have the same text, of those that have one in both. */
function matchRows(a: DriftRow, b: DriftRow): { same: number; compared: number } {
  const letters = new Map(a.dots.map(({ run, letter }) => [run, letter]));
  const both = b.dots.filter(({ run, letter }) => letter !== null && (letters.get(run) ?? null) !== null);
  return { same: both.filter(({ run, letter }) => letters.get(run) === letter).length, compared: both.length };
}

// biome-ignore format: a table
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * The day of an ISO 8601 time in UTC: `sayDay('2026-03-03T23:59:59Z')` is "3 Mar 2026". Written by hand: what Intl
 * calls September depends on its edition. Anything else comes back as it is.
 */
export function sayDay(time: string): string {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)T/.exec(time) ?? [];
  const name = months[Number(month) - 1];
  return year && name && day ? `${Number(day)} ${name} ${year}` : time;
}
