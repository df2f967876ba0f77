import { armProvider } from '@/lib/recipe/plan';
import { isOver, type RunRecord } from '@/lib/run/record';
import { fillIn, type SavedExperiment } from '@/lib/run/saved';
import type { StoredExperiment } from '@/lib/store/store';
import { services } from './services';

const idForm = /^[\w-]{22}$/;

/** An experiment that the caller may see, since it is shared or the caller's own; null otherwise. */
export async function findVisible(id: string, owner: string | null): Promise<StoredExperiment | null> {
  const stored = await find(id);
  return stored && (stored.sharedAt !== null || stored.owner === owner) ? stored : null;
}

/** An experiment of the caller's own; null otherwise. */
export async function findOwn(id: string, owner: string | null): Promise<StoredExperiment | null> {
  const stored = await find(id);
  return stored?.owner === owner ? stored : null;
}

/** The experiment that this one repeats, if it repeats one that the caller may see. */
export const findParent = async (
  { parent }: StoredExperiment,
  owner: string | null,
): Promise<StoredExperiment | null> => (parent === null ? null : findVisible(parent, owner));

/** Any experiment, whoever is asking. */
export const find = async (id: string): Promise<StoredExperiment | null> =>
  idForm.test(id) ? await services().store.find(id) : null;

/**
 * A stored experiment as it is shown, with the current state of its runs if it runs in this process. What was sent for each is left
 * out: a page with a thousand runs would be half as heavy again.
 */
export function toSaved(stored: StoredExperiment): SavedExperiment {
  const saved = toWhole(stored);
  return { ...saved, runs: saved.runs.map(withoutExchange) };
}

/** A run as it is shown and streamed. */
export function withoutExchange(record: RunRecord): RunRecord {
  if (!isOver(record)) return record;
  const { exchange: _, ...shown } = record;
  return shown;
}

/** The same with all that visitors may see. */
export function toWhole(stored: StoredExperiment): SavedExperiment {
  const { id, recipe, title, createdAt, sharedAt, parent, origin } = stored;
  const live = services().hub.get(id);
  return {
    id,
    recipe,
    title,
    createdAt: new Date(createdAt).toISOString(),
    sharedAt: sharedAt === null ? null : new Date(sharedAt).toISOString(),
    parent,
    origin,
    runs: withDestination(stored, live?.running ? live.experiment.runs : fillIn(recipe, stored.runs)),
  };
}

/**
 * Runs that were kept before addresses were: a provider inside this server has never been anywhere else. Event streams give
 * them as they were kept.
 */
function withDestination({ origin, recipe }: StoredExperiment, runs: RunRecord[]): RunRecord[] {
  if (origin === 'import') return runs;
  const isInside = (arm: number) => services().providers.get(armProvider(recipe, arm))?.provider.endpoint === null;
  return runs.map((run) =>
    run.status === 'queued' || !isInside(run.arm) ? run : { ...run, endpoint: run.endpoint ?? null },
  );
}

/** Whether any of its runs are under way, here or in another process. */
export const isRunning = (stored: StoredExperiment): boolean =>
  services().hub.get(stored.id)?.running || stored.leaseUntil > Date.now();
