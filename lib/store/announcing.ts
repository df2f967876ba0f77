import type { Notice } from './notices';
import type { Store } from './store';

/**
 * A store that calls `changed` with the id of each experiment once it has been changed, begun again, run on or removed, here or in
 * another process that tells so.
 */
export function announcing(store: Store, changed: (id: string) => void): Store {
  const announced =
    <Rest extends unknown[], T>(change: (id: string, ...rest: Rest) => Promise<T>, kind: 'changed' | 'removed') =>
    async (id: string, ...rest: Rest): Promise<T> => {
      const outcome = await change(id, ...rest);
      changed(id);
      await store.tell({ kind, id }).catch(() => undefined);
      return outcome;
    };
  const tellRan = tellingTogether((id) => store.tell({ kind: 'ran', id }));
  store.hear(({ kind, id }: Notice) => {
    if (kind !== 'stop') changed(id);
  });
  return {
    ...store,
    async saveRun(id, run) {
      const outcome = await store.saveRun(id, run);
      changed(id);
      tellRan(id);
      return outcome;
    },
    async renew(ids, until) {
      const held = await store.renew(ids, until);
      if (until > 0) return held;
      for (const id of held) {
        changed(id);
        tellRan(id);
      }
      return held;
    },
    rename: announced(store.rename, 'changed'),
    share: announced(store.share, 'changed'),
    remove: announced(store.remove, 'removed'),
    claim: announced(store.claim, 'changed'),
  };
}

/** Tells of an experiment, and once more if there was more to tell meanwhile: runs that end together are told of together. */
function tellingTogether(tell: (id: string) => Promise<void>): (id: string) => void {
  /** by id, whether there is more to tell */
  const telling = new Map<string, boolean>();

  async function tellOf(id: string): Promise<void> {
    while (telling.get(id)) {
      telling.set(id, false);
      await tell(id).catch(() => undefined); // whoever is not told asks
    }
    telling.delete(id);
  }

  return (id) => {
    const under = telling.has(id);
    telling.set(id, true);
    if (!under) void tellOf(id);
  };
}
