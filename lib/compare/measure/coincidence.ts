import { type EqualityMode, type EqualityOptions, groupByEquality } from '@/lib/compare/align/equality';
import type { RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import { groupFingerprints } from './fingerprints';

/** One text and how many of its runs came with each fingerprint, in the order of the columns. */
type CoincidenceRow = { letter: string; runs: number[]; counts: number[] };

/** What texts and fingerprints show together, in the runs that report one. */
export type CoincidenceFinding =
  | { kind: 'none-compared' }
  | { kind: 'none-reported' }
  /** one text, and one fingerprint */
  | { kind: 'one-each' }
  /** one text, under several fingerprints */
  | { kind: 'one-text' }
  /** several texts, and under each fingerprint one of them; the texts with these `letters` came under several */
  | { kind: 'coincide'; letters: string[] }
  /** several texts under each of these fingerprints */
  | { kind: 'inside'; fingerprints: { fingerprint: string; texts: number }[] };

/** Derived, never stored. A run that reports several fingerprints is counted under each of them. */
export type Coincidence = {
  rows: CoincidenceRow[];
  /** by first run; null: the runs that reported none */
  columns: { fingerprint: string | null; runs: number[]; texts: number }[];
  finding: CoincidenceFinding;
};

/**
 * Texts × fingerprints: whether texts differ where fingerprints do. It says what occurs with what, never what causes
 * it. A fingerprint may also change with the settings, so this is for runs of one and the same request.
 *
 *     'x' fp_1, 'x' fp_1, 'y' fp_2  →  A: 2 0, B: 0 1; { kind: 'coincide', letters: [] }
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
  return { rows, columns, finding: judge(rows, columns) };
}

function judge(rows: readonly CoincidenceRow[], columns: Coincidence['columns']): CoincidenceFinding {
  const reported = columns.flatMap(({ fingerprint, texts }) => (fingerprint === null ? [] : [{ fingerprint, texts }]));
  if (rows.length === 0) return { kind: 'none-compared' };
  if (reported.length === 0) return { kind: 'none-reported' };
  const inside = reported.filter(({ texts }) => texts > 1);
  if (inside.length > 0) return { kind: 'inside', fingerprints: inside };
  // Only runs that reported a fingerprint say anything.
  const under = rows.map(({ letter, counts }) => ({
    letter,
    fingerprints: counts.filter((count, index) => count > 0 && columns[index]?.fingerprint !== null).length,
  }));
  if (under.filter(({ fingerprints }) => fingerprints > 0).length > 1)
    return {
      kind: 'coincide',
      letters: under.filter(({ fingerprints }) => fingerprints > 1).map(({ letter }) => letter),
    };
  return { kind: reported.length > 1 ? 'one-text' : 'one-each' };
}
