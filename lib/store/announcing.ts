import type { Notice } from './notices';
import type { Store } from './store';

/**
 * A store that calls `changed` with the id of each experiment once it has been changed, begun again or removed, here or in another
 * process that tells so.
 */
export function announcing(store: Store, changed: (id: string) => void): Store {
  const announced =
    <Rest extends unknown[], T>(change: (id: string, ...rest: Rest) => Promise<T>, kind?: 'changed' | 'removed') =>
    async (id: string, ...rest: Rest): Promise<T> => {
      const outcome = await change(id, ...rest);
      changed(id);
      if (kind) await store.tell({ kind, id }).catch(() => undefined);
      return outcome;
    };
  store.hear(({ kind, id }: Notice) => {
    if (kind !== 'stop') changed(id);
  });
  return {
    ...store,
    // Others have been told that it is run again, and ask for its runs while it is.
    saveRun: announced(store.saveRun),
    rename: announced(store.rename, 'changed'),
    share: announced(store.share, 'changed'),
    remove: announced(store.remove, 'removed'),
    claim: announced(store.claim, 'changed'),
  };
}
