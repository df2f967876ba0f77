import { armProvider } from '@/lib/recipe/plan';
import { isOver, type RunRecord } from '@/lib/run/record';
import { fillIn, type SavedExperiment } from '@/lib/run/saved';
import type { StoredExperiment, StoredHead } from '@/lib/store/store';
import { services } from './services';

const idForm = /^[\w-]{22}$/;

/** An experiment that the caller may see, since it is shared or the caller's own; null otherwise. */
export const findVisible = async (id: string, owner: string | null): Promise<StoredExperiment | null> =>
  (await findVisibleHead(id, owner)) && find(id);

/** The same without its runs: who may not see them does not wait for them either, which would tell that they are there. */
export async function findVisibleHead(id: string, owner: string | null): Promise<StoredHead | null> {
  const head = await findHead(id);
  return head && (head.sharedAt !== null || head.owner === owner) ? head : null;
}

/** An experiment of the caller's own; null otherwise. */
export async function findOwn(id: string, owner: string | null): Promise<StoredExperiment | null> {
  const head = await findHead(id);
  return head?.owner === owner ? find(id) : null;
}

/** The experiment that this one repeats, if it repeats one that the caller may see. */
export const findParent = async (
  { parent }: StoredExperiment,
  owner: string | null,
): Promise<StoredExperiment | null> => (parent === null ? null : findVisible(parent, owner));

/** Any experiment, whoever is asking. */
export const find = async (id: string): Promise<StoredExperiment | null> =>
  idForm.test(id) ? await services().store.find(id) : null;

const findHead = async (id: string): Promise<StoredHead | null> =>
  idForm.test(id) ? await services().store.findHead(id) : null;

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

/** The same with what was sent for each run. */
function toWhole(stored: StoredExperiment): SavedExperiment {
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

/** As it is shown to one visitor, who is not told of a parent that they may not see. */
export async function toSavedFor(stored: StoredExperiment, owner: string | null): Promise<SavedExperiment> {
  return { ...toSaved(stored), parent: await visibleParent(stored, owner) };
}

/** The same with what was sent for each run. */
export async function toWholeFor(stored: StoredExperiment, owner: string | null): Promise<SavedExperiment> {
  return { ...toWhole(stored), parent: await visibleParent(stored, owner) };
}

async function visibleParent({ parent }: StoredExperiment, owner: string | null): Promise<string | null> {
  return parent === null ? null : ((await findVisibleHead(parent, owner))?.id ?? null);
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
