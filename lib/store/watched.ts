import type { Store } from './store';

/** Is told that an operation begins, and returns what is to be told how it ended: `error` is null if it succeeded. */
export type StoreWatch = (operation: string) => (error: unknown) => void;

/** A store whose operations are watched. */
export function watched(store: Store, watch: StoreWatch): Store {
  const on =
    <Given extends unknown[], T>(operation: string, work: (...given: Given) => Promise<T>) =>
    async (...given: Given): Promise<T> => {
      const over = watch(operation);
      try {
        const result = await work(...given);
        over(null);
        return result;
      } catch (error) {
        over(error);
        throw error;
      }
    };
  return {
    engine: store.engine,
    create: on('create', store.create),
    saveRun: on('saveRun', store.saveRun),
    find: on('find', store.find),
    findHead: on('findHead', store.findHead),
    findSizes: on('findSizes', store.findSizes),
    findDocuments: on('findDocuments', store.findDocuments),
    list: on('list', store.list),
    listReplays: on('listReplays', store.listReplays),
    rename: on('rename', store.rename),
    share: on('share', store.share),
    findPreview: on('findPreview', store.findPreview),
    remove: on('remove', store.remove),
    claim: on('claim', store.claim),
    holds: on('holds', store.holds),
    renew: on('renew', store.renew),
    purge: on('purge', store.purge),
    spend: on('spend', store.spend),
    settle: on('settle', store.settle),
    spent: on('spent', store.spent),
    knows: on('knows', store.knows),
    secret: on('secret', store.secret),
    learn: on('learn', store.learn),
    capabilities: on('capabilities', store.capabilities),
    tell: on('tell', store.tell),
    check: on('check', store.check),
    hear: (listener) => store.hear(listener),
    close: () => store.close(),
  };
}
