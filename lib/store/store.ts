import type { Recipe } from '@/lib/recipe/recipe';
import type { OverRun } from '@/lib/run/record';

/** An experiment as a store is given it, before its first run is sent. Times are milliseconds since 1970, UTC. */
export type NewExperiment = {
  id: string;
  /** SHA-256 of the token of the browser that made it */
  owner: string;
  recipe: Recipe;
  recipeHash: string;
  createdAt: number;
  /** the experiment whose recipe is run again */
  parent: string | null;
  /** 'import': the texts were brought, not made here */
  origin: 'run' | 'import';
  /** until when its runs count as being under way in some process, unless that is renewed; 0: they are not */
  leaseUntil: number;
};

/** An experiment as it is kept, with the runs that are over, by number. */
export type StoredExperiment = NewExperiment & {
  title: string | null;
  sharedAt: number | null;
  /** SHA-256 of the token of its delete link; null until shared */
  deleteHash: string | null;
  runs: OverRun[];
};

export type ListQuery = {
  owner: string;
  /** part of the title, the messages or the model, in any case; '' for all */
  search: string;
  /** the `next` of the page before */
  after: string | null;
  /** 1 to 100 */
  limit: number;
};

/** A page of experiments, newest first; `next` is null on the last one. */
export type Page = { experiments: StoredExperiment[]; next: string | null };

/**
 * Where experiments stay. Every method is one transaction, durable when it resolves; every method throws StoreError and
 * nothing else when the engine fails, and may succeed when called again. Ids that do not exist are no error.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';

  /** Keeps a new experiment, with runs if it is brought with them. The id must be new. */
  create(experiment: NewExperiment, runs?: readonly OverRun[]): Promise<void>;
  /** Keeps a run that is over, instead of what was kept under its number. false: the experiment does not exist (any more). */
  saveRun(id: string, run: OverRun): Promise<boolean>;
  find(id: string): Promise<StoredExperiment | null>;
  list(query: ListQuery): Promise<Page>;
  /** An owner's experiments with one recipe, oldest first: the newest `limit` of them. */
  listReplays(owner: string, recipeHash: string, limit: number): Promise<StoredExperiment[]>;

  rename(id: string, title: string | null): Promise<void>;
  /** Makes it public from `at` on, with its preview image. Sharing again changes nothing; answers whether it did. */
  share(id: string, at: number, deleteHash: string, preview: Uint8Array): Promise<boolean>;
  /** The preview image of a shared experiment. */
  findPreview(id: string): Promise<Uint8Array | null>;
  /** Removes it and everything of it. */
  remove(id: string): Promise<void>;

  /** Takes the lease until `until`, unless somebody holds it at `now`. Answers whether it did. */
  claim(id: string, now: number, until: number): Promise<boolean>;
  /** Sets the lease of experiments that the caller holds: later, or 0 to give it back. */
  renew(ids: readonly string[], until: number): Promise<void>;
  /** Removes unshared experiments made before `before` that nobody holds at `now`, at most `limit`; answers how many. */
  purge(before: number, now: number, limit: number): Promise<number>;

  /** Resolves if the store can be read and written now. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What is the matter with a store, in words that may be shown: no path, no address, no password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'full' | 'read_only' | 'locked' | 'corrupt' | 'moved' | 'unreachable' | 'failed';

  constructor(code: StoreError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Whether an error is a StoreError. Pages, routes and the start-up are separate bundles, each with a class StoreError of
 * its own, while the store is shared: `instanceof` would not know the others'.
 */
export const isStoreError = (error: unknown): error is StoreError =>
  error instanceof Error && error.name === 'StoreError' && 'code' in error;
