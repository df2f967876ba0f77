import type { RunRecord } from '@/lib/run/record';

/** A fingerprint as the page names it, F1, F2 … by first run, and the runs that carry it. */
export type NamedFingerprint = { name: string; value: string; runs: number[] };

/** What the fingerprints of an experiment's finished runs say together (field/ux.md 3.6). */
export type FingerprintState =
  | { kind: 'pending' }
  | { kind: 'missing' }
  | { kind: 'same'; all: NamedFingerprint[] }
  | { kind: 'partly'; all: NamedFingerprint[]; without: number[] }
  | { kind: 'mixed'; all: NamedFingerprint[]; without: number[] };

/** Collects the fingerprints of runs that have ended; others do not count. One run may carry several. */
export function fingerprintState(runs: readonly RunRecord[]): FingerprintState {
  const ended = runs.filter((run) => run.status === 'ended' && run.finish !== 'aborted');
  if (ended.length === 0) return { kind: 'pending' };
  const runsByValue = new Map<string, number[]>();
  const without: number[] = [];
  for (const run of ended) {
    const values = run.status === 'ended' ? run.fingerprints : [];
    if (values.length === 0) without.push(run.run);
    for (const value of values) runsByValue.set(value, [...(runsByValue.get(value) ?? []), run.run]);
  }
  const all = [...runsByValue].map(([value, runs], index) => ({ name: `F${index + 1}`, value, runs }));
  if (all.length === 0) return { kind: 'missing' };
  if (all.length > 1) return { kind: 'mixed', all, without };
  return without.length > 0 ? { kind: 'partly', all, without } : { kind: 'same', all };
}

/**
 * What the fingerprints add to a verdict, never as a proven cause. Null while nothing can be said: runs still going on,
 * fewer than two texts, or settings that differ between the runs, since a fingerprint may change with them.
 */
export function fingerprintSentence(state: FingerprintState, variants: number, sameSettings: boolean): string | null {
  if (!sameSettings || state.kind === 'pending' || state.kind === 'partly') return null;
  if (variants === 0) return null;
  if (variants === 1) {
    if (state.kind === 'same') return 'Reproduced on the same backend.';
    return state.kind === 'mixed'
      ? 'Same text although the backend id changed.'
      : 'Same text. No fingerprint to go by.';
  }
  if (state.kind === 'same') return 'Different text on the same backend: a seed is best effort.';
  return state.kind === 'mixed'
    ? 'The backend id changed between runs; that may be why.'
    : 'No fingerprint, so the cause cannot be narrowed down.';
}
