import { urlOf } from '@/lib/run/events';
import { type RunRecord, wasSent } from '@/lib/run/record';

/** Where a run was sent: to an address, as in 'http://localhost:11434/v1', or to a model inside Seedbed. */
export type Destination = { kind: 'address'; address: string } | { kind: 'inside' } | { kind: 'unrecorded' };

/** Every destination with its runs, by first run. Runs that were never sent have none. */
export function groupDestinations(runs: readonly RunRecord[]): { destination: Destination; runs: number[] }[] {
  const sent = runs.flatMap((record) => {
    const destination = destinationOf(record);
    return destination ? [{ run: record.run, destination }] : [];
  });
  return [...Map.groupBy(sent, ({ destination }) => nameOf(destination)).values()].flatMap((those) =>
    those.slice(0, 1).map(({ destination }) => ({ destination, runs: those.map(({ run }) => run) })),
  );
}

/** The destinations of runs, by first run. */
export const destinationsOf = (runs: readonly RunRecord[]): Destination[] =>
  groupDestinations(runs).map(({ destination }) => destination);

function destinationOf(record: RunRecord): Destination | null {
  if (record.status === 'queued') return null;
  const { endpoint } = record;
  if (endpoint) return { kind: 'address', address: urlOf(endpoint) };
  if (endpoint === null) return { kind: 'inside' };
  const neverSent = record.status === 'ended' && (record.attempts === 0 || !wasSent(record));
  return neverSent ? null : { kind: 'unrecorded' };
}

/** A text that is the same for equal destinations. */
export const nameOf = (destination: Destination): string =>
  destination.kind === 'address' ? destination.address : destination.kind;

/**
 * Whether runs went elsewhere than others: 'changed' if that is certain, 'unrecorded' if it may be so but was not recorded,
 * null if both went to the same.
 *
 *     A; B → changed    A, unrecorded; B → changed    A, unrecorded; A → unrecorded    A, B; B, A → null
 */
export function compareDestinations(
  some: readonly Destination[],
  others: readonly Destination[],
): 'changed' | 'unrecorded' | null {
  const [a, b] = [known(some), known(others)];
  if ((isWhole(others) && a.difference(b).size > 0) || (isWhole(some) && b.difference(a).size > 0)) return 'changed';
  return isWhole(some) && isWhole(others) ? null : 'unrecorded';
}

const isWhole = (destinations: readonly Destination[]): boolean =>
  destinations.every(({ kind }) => kind !== 'unrecorded');

const known = (destinations: readonly Destination[]): Set<string> =>
  new Set(destinations.filter(({ kind }) => kind !== 'unrecorded').map(nameOf));
