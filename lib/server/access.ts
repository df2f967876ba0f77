import { fillIn, type SavedExperiment } from '@/lib/run/saved';
import type { StoredExperiment } from '@/lib/store/store';
import { services } from './services';

const idForm = /^[\w-]{22}$/;

/** An experiment that its id and the asker give a right to see: shared, or the asker's own. */
export async function findVisible(id: string, owner: string | null): Promise<StoredExperiment | null> {
  const stored = await find(id);
  return stored && (stored.sharedAt !== null || stored.owner === owner) ? stored : null;
}

/** An experiment of the asker's own. */
export async function findOwn(id: string, owner: string | null): Promise<StoredExperiment | null> {
  const stored = await find(id);
  return stored?.owner === owner ? stored : null;
}

/** What an experiment ran again, if it did and the asker may see that. */
export const findParent = async (
  { parent }: StoredExperiment,
  owner: string | null,
): Promise<StoredExperiment | null> => (parent === null ? null : findVisible(parent, owner));

/** Any experiment, whoever asks. */
export const find = async (id: string): Promise<StoredExperiment | null> =>
  idForm.test(id) ? await services().store.find(id) : null;

/** What visitors get to see of a stored experiment; with what has happened since, if it runs in this process. */
export function toSaved(stored: StoredExperiment): SavedExperiment {
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
    runs: live?.running ? live.experiment.runs : fillIn(recipe, stored.runs),
  };
}

/** Whether runs of it are under way, here or in another process. */
export const isRunning = (stored: StoredExperiment): boolean =>
  services().hub.get(stored.id)?.running || stored.leaseUntil > Date.now();
