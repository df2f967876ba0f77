import type { Store } from './store';

/** A store that calls `changed` with the id of each experiment once it has been changed, begun again or removed. */
export function announcing(store: Store, changed: (id: string) => void): Store {
  const announced =
    <Rest extends unknown[], T>(change: (id: string, ...rest: Rest) => Promise<T>) =>
    async (id: string, ...rest: Rest): Promise<T> => {
      const outcome = await change(id, ...rest);
      changed(id);
      return outcome;
    };
  return {
    ...store,
    saveRun: announced(store.saveRun),
    rename: announced(store.rename),
    share: announced(store.share),
    remove: announced(store.remove),
    claim: announced(store.claim),
  };
}
