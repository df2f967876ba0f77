import { randomUUID } from 'node:crypto';
import { DocumentError } from './documents';
import type { Notice } from './notices';
import { openPostgres } from './postgres';
import { openSqlite } from './sqlite';
import { type Store, StoreError } from './store';

/** The store that the environment names: PostgreSQL if there is an address for it, else SQLite. Opens on first use. */
export function openStore({ databaseUrl, dataDir }: { databaseUrl?: string; dataDir: string }): Store {
  const holder = randomUUID(); // one for as long as the process lives, however often it opens the store
  return databaseUrl === undefined
    ? reopening('sqlite', () => openSqlite(dataDir, { holder }))
    : reopening('postgres', () => openPostgres(databaseUrl, holder));
}

/**
 * A store that opens on first use, and opens again on the next use after it could not be opened or its connection became
 * useless. So once a fault is removed, the server need not be restarted. Closing it is final.
 */
export function reopening(engine: Store['engine'], open: () => Promise<Store>): Store {
  let current: Opened | undefined;
  let closing: Promise<unknown> = Promise.resolve();
  let ended = false;
  const listeners: ((notice: Notice) => void)[] = [];

  const openAndHear = async (): Promise<Store> => {
    const store = await open();
    store.hear((notice) => {
      for (const listener of listeners) listener(notice);
    });
    return store;
  };

  /** Closes a store that gets no new work. The next one waits for that before it opens: a folder cannot be open twice. */
  const letGo = (opened: Opened): void => {
    if (current !== opened) return;
    current = undefined;
    closing = Promise.allSettled(opened.uses)
      .then(() => opened.store)
      .then((store) => store.close())
      .catch(() => undefined);
  };

  const use = async <T>(work: (store: Store) => Promise<T>): Promise<T> => {
    if (ended) throw new StoreError('failed', 'The store is closed: this server is about to stop.');
    current ??= { store: closing.then(openAndHear), uses: new Set() };
    const mine = current;
    const store = await mine.store.catch((error) => {
      letGo(mine);
      throw error;
    });
    const used = work(store);
    mine.uses.add(used);
    try {
      return await used;
    } catch (error) {
      if (leavesUseless(error)) letGo(mine);
      throw error;
    } finally {
      mine.uses.delete(used);
    }
  };

  return {
    engine,
    create: (...given) => use((store) => store.create(...given)),
    saveRun: (...given) => use((store) => store.saveRun(...given)),
    findHead: (...given) => use((store) => store.findHead(...given)),
    find: (...given) => use((store) => store.find(...given)),
    findSizes: (...given) => use((store) => store.findSizes(...given)),
    findDocuments: (...given) => use((store) => store.findDocuments(...given)),
    list: (...given) => use((store) => store.list(...given)),
    listReplays: (...given) => use((store) => store.listReplays(...given)),
    rename: (...given) => use((store) => store.rename(...given)),
    share: (...given) => use((store) => store.share(...given)),
    findPreview: (...given) => use((store) => store.findPreview(...given)),
    remove: (...given) => use((store) => store.remove(...given)),
    claim: (...given) => use((store) => store.claim(...given)),
    holds: (...given) => use((store) => store.holds(...given)),
    renew: (...given) => use((store) => store.renew(...given)),
    purge: (...given) => use((store) => store.purge(...given)),
    spend: (...given) => use((store) => store.spend(...given)),
    settle: (...given) => use((store) => store.settle(...given)),
    spent: (...given) => use((store) => store.spent(...given)),
    knows: (...given) => use((store) => store.knows(...given)),
    secret: (...given) => use((store) => store.secret(...given)),
    learn: (...given) => use((store) => store.learn(...given)),
    capabilities: (...given) => use((store) => store.capabilities(...given)),
    tell: (...given) => use((store) => store.tell(...given)),
    hear: (listener) => void listeners.push(listener),
    check: () => use((store) => store.check()),
    async close() {
      ended = true;
      if (current) letGo(current);
      await closing;
    },
  };
}

type Opened = { store: Promise<Store>; uses: Set<Promise<unknown>> };

/** Whether an error means that this connection is of no further use, though a new one may be. */
const leavesUseless = (error: unknown): boolean =>
  error instanceof StoreError &&
  !(error instanceof DocumentError) &&
  (error.code === 'corrupt' || error.code === 'moved' || error.code === 'read_only');
