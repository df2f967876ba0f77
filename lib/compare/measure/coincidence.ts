import { type EqualityMode, type EqualityOptions, groupByEquality } from '@/lib/compare/align/equality';
import type { RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import { groupFingerprints } from './fingerprints';
import { capital, sayRuns } from './verdict';

/** One text and how many of its runs came with each fingerprint, in the order of the columns. */
export type CoincidenceRow = { letter: string; runs: number[]; counts: number[] };

/** 'none-compared', 'none-reported', 'one-each', 'one-text', 'coincide', 'inside': see the sentences. */
export type CoincidenceKind = 'none-compared' | 'none-reported' | 'one-each' | 'one-text' | 'coincide' | 'inside';

/** Derived, never stored. A run that reports several fingerprints is counted under each of them. */
export type Coincidence = {
  rows: CoincidenceRow[];
  /** by first run; null: the runs that reported none */
  columns: { fingerprint: string | null; runs: number[]; texts: number }[];
  kind: CoincidenceKind;
  sentence: string;
};

/**
 * Texts × fingerprints: whether texts differ where fingerprints do. It says what comes together with what, never what
 * causes it. A fingerprint may also change with the settings, so this is for runs of one and the same request.
 *
 *     'x' fp_1, 'x' fp_1, 'y' fp_2  →  A: 2 0, B: 0 1; "Differences coincide with fingerprints."
 */
export function coincidence(
  runs: readonly RunRecord[],
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): Coincidence {
  const compared = runs.filter(isComparable);
  const found = groupFingerprints(compared).map(({ value, runs }) => ({ fingerprint: value, runs, in: new Set(runs) }));
  const rows = groupByEquality(compared, mode, options).map(({ letter, runs }) => ({
    letter,
    runs,
    counts: found.map((column) => runs.filter((run) => column.in.has(run)).length),
  }));
  const columns = found.map(({ fingerprint, runs }, index) => ({
    fingerprint,
    runs,
    texts: rows.filter(({ counts }) => (counts[index] ?? 0) > 0).length,
  }));
  const kind = judge(rows, columns);
  return { rows, columns, kind, sentence: say(kind, rows, columns) };
}

type Column = Coincidence['columns'][number];

const reported = (columns: readonly Column[]): Column[] => columns.filter(({ fingerprint }) => fingerprint !== null);

/** The texts of the runs that reported a fingerprint: only of these can anything be said. */
const textsReported = (rows: readonly CoincidenceRow[], columns: readonly Column[]): CoincidenceRow[] =>
  rows.filter(({ counts }) => counts.some((count, index) => count > 0 && columns[index]?.fingerprint !== null));

function judge(rows: readonly CoincidenceRow[], columns: readonly Column[]): CoincidenceKind {
  const named = reported(columns);
  if (rows.length === 0) return 'none-compared';
  if (named.length === 0) return 'none-reported';
  if (named.some(({ texts }) => texts > 1)) return 'inside';
  if (textsReported(rows, columns).length > 1) return 'coincide';
  return named.length > 1 ? 'one-text' : 'one-each';
}

function say(kind: CoincidenceKind, rows: readonly CoincidenceRow[], columns: readonly Column[]): string {
  if (kind === 'none-compared') return 'There is no run to compare.';
  if (kind === 'none-reported') return 'No fingerprint was reported.';
  const without = columns.find(({ fingerprint }) => fingerprint === null)?.runs ?? [];
  const rest = without.length > 0 ? ` ${capital(sayRuns(without))} reported none.` : '';
  return `${sayKind(kind, rows, columns)}${rest}`;
}

function sayKind(kind: CoincidenceKind, rows: readonly CoincidenceRow[], columns: readonly Column[]): string {
  if (kind === 'one-each') return 'One text, one fingerprint.';
  if (kind === 'one-text') return 'One text under several fingerprints.';
  if (kind === 'inside') return sayInside(reported(columns).filter(({ texts }) => texts > 1));
  const several = rows.filter(
    ({ counts }) => counts.filter((count, index) => count > 0 && columns[index]?.fingerprint !== null).length > 1,
  );
  const [text] = several;
  if (!text) return 'Differences coincide with fingerprints.';
  const which =
    several.length === 1 ? `Text ${text.letter}` : `Texts ${several.map(({ letter }) => letter).join(', ')}`;
  return `Differences coincide with fingerprints. ${which} came under several.`;
}

function sayInside(columns: readonly Column[]): string {
  const names = columns.map(({ fingerprint }) => fingerprint).join(', ');
  if (columns.length > 1) return `Several texts inside each of ${columns.length} fingerprints: ${names}.`;
  const texts = columns[0]?.texts ?? 0;
  return `${texts === 2 ? 'Two' : texts} texts inside one fingerprint: ${names}.`;
}
