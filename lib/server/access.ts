import { providersOf } from '@/lib/recipe/plan';
import type { SavedExperiment } from '@/lib/run/saved';
import { nextTurn, turnsOf } from '@/lib/store/documents';
import type { StoredHead } from '@/lib/store/store';
import { services } from './services';
import type { Unread } from './unread';
import { weightOf } from './weight';

const idForm = /^[\w-]{22}$/;

/** An experiment that the caller may see, since it is shared or the caller's own; null otherwise. */
export async function findVisible(id: string, owner: string | null): Promise<StoredHead | null> {
  const stored = await find(id);
  return stored && (stored.sharedAt !== null || stored.owner === owner) ? stored : null;
}

/** An experiment of the caller's own; null otherwise. */
export async function findOwn(id: string, owner: string | null): Promise<StoredHead | null> {
  const stored = await find(id);
  return stored?.owner === owner ? stored : null;
}

/** The experiment that this one repeats, if it repeats one that the caller may see. */
export const findParent = async ({ parent }: StoredHead, owner: string | null): Promise<StoredHead | null> =>
  parent === null ? null : findVisible(parent, owner);

/** Any experiment, whoever is asking. */
export const find = async (id: string): Promise<StoredHead | null> =>
  idForm.test(id) ? await services().store.findHead(id) : null;

/** Whether any of its runs are under way, here or in another process. */
export function isRunning({ id, leaseUntil }: StoredHead): boolean {
  const { hub } = services();
  // Whoever has gone on with it since has a lease that ends later.
  return hub.get(id)?.running || leaseUntil > Math.max(Date.now(), hub.leftUntil(id));
}

/** An experiment without its runs, as it is shown. */
export const headOf = ({
  id,
  recipe,
  title,
  createdAt,
  sharedAt,
  parent,
  origin,
}: StoredHead): Omit<SavedExperiment, 'runs'> => ({
  ...{ id, recipe, title, parent, origin },
  createdAt: new Date(createdAt).toISOString(),
  sharedAt: sharedAt === null ? null : new Date(sharedAt).toISOString(),
});

/** An experiment with its runs: about how many characters it has, and what gets it out of the store, for a worker to read. */
export type Opened = { weight: number; read: () => Promise<Unread> };

/** An experiment with its runs, as they are now. */
export async function open(stored: StoredHead): Promise<Opened> {
  const live = services().hub.get(stored.id);
  if (!live?.running) return openStored(stored);
  const { runs } = live.experiment;
  const unread = { saved: headOf(stored), inside: insideOf(stored), live: runs, documents: [] };
  return { weight: weightOf(runs), read: async () => unread };
}

/** The same as far as it is stored. */
export async function openStored(stored: StoredHead): Promise<Opened> {
  const { id } = stored;
  const { store } = services();
  const sizes = await store.findSizes(id);
  const read = async (): Promise<Unread> => {
    const utf8 = new TextEncoder();
    const documents: Uint8Array<ArrayBuffer>[] = [];
    for (const turn of turnsOf(sizes)) {
      for (const { document } of await store.findDocuments(id, turn)) documents.push(utf8.encode(document));
      await nextTurn();
    }
    return { saved: headOf(stored), inside: insideOf(stored), live: null, documents };
  };
  return { weight: sizes.reduce((sum, { bytes }) => sum + bytes, 0), read };
}

/** The same as `open`, for one visitor, who is not told of a parent that they may not see. */
export async function openFor(stored: StoredHead, owner: string | null): Promise<Opened> {
  const parent = (await findParent(stored, owner))?.id ?? null;
  return open({ ...stored, parent });
}

function insideOf({ recipe }: StoredHead): string[] {
  const { providers } = services();
  return providersOf(recipe).filter((each) => providers.get(each)?.provider.endpoint === null);
}
