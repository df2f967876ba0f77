import type { EndedRun, RunRecord } from '@/lib/run/record';

/** A fingerprint as the page names it, F1, F2 … by first run, and the runs that reported it. */
export type NamedFingerprint = { name: string; value: string; runs: number[] };

/** What the fingerprints of an experiment's finished runs show together. */
export type FingerprintState =
  | { kind: 'pending' }
  | { kind: 'missing' }
  | { kind: 'same'; all: NamedFingerprint[] }
  | { kind: 'partly'; all: NamedFingerprint[]; without: number[] }
  | { kind: 'mixed'; all: NamedFingerprint[]; without: number[] };

/** Every fingerprint seen, by first run; null stands for runs that came without one. A run may carry several. */
export function groupFingerprints(runs: readonly EndedRun[]): { value: string | null; runs: number[] }[] {
  const carried = runs.flatMap(({ run, fingerprints }) =>
    (fingerprints.length > 0 ? fingerprints : [null]).map((value) => ({ run, value })),
  );
  return [...Map.groupBy(carried, ({ value }) => value)].map(([value, those]) => ({
    value,
    runs: those.map(({ run }) => run),
  }));
}

/** What the fingerprints of runs that have ended show together; others do not count. */
export function fingerprintState(runs: readonly RunRecord[]): FingerprintState {
  const ended = runs.filter((run) => run.status === 'ended').filter((run) => run.finish !== 'aborted');
  if (ended.length === 0) return { kind: 'pending' };
  const groups = groupFingerprints(ended);
  const without = groups.find(({ value }) => value === null)?.runs ?? [];
  const all = groups
    .flatMap(({ value, runs }) => (value === null ? [] : [{ value, runs }]))
    .map((group, index) => ({ name: `F${index + 1}`, ...group }));
  if (all.length === 0) return { kind: 'missing' };
  if (all.length > 1) return { kind: 'mixed', all, without };
  return without.length > 0 ? { kind: 'partly', all, without } : { kind: 'same', all };
}

/** What fingerprints add to a verdict: of one and the same text, or of several. Never a proven cause. */
export type FingerprintFinding = { kind: 'same' | 'mixed' | 'missing'; sameText: boolean };

/**
 * What the fingerprints add to a verdict on `variants` variants of one request: a fingerprint may change with the settings.
 * Null if nothing can be said: while runs go on, without any text, or with fingerprints of some runs only.
 */
export function findInFingerprints(state: FingerprintState, variants: number): FingerprintFinding | null {
  if (variants === 0 || state.kind === 'pending' || state.kind === 'partly') return null;
  return { kind: state.kind, sameText: variants === 1 };
}
