import type { Recipe } from '@/lib/recipe/recipe';
import type { Capability } from '@/lib/run/capability';
import type { OverRun } from '@/lib/run/record';
import type { Notice } from './notices';

/** An experiment as it is handed to a store, before its first run is sent. Times are milliseconds since 1970, UTC. */
export type NewExperiment = {
  id: string;
  /** SHA-256 of the token of the browser that created it */
  owner: string;
  recipe: Recipe;
  recipeHash: string;
  createdAt: number;
  /** the experiment whose recipe this one runs again */
  parent: string | null;
  /** 'import': the texts were brought from elsewhere */
  origin: 'run' | 'import';
  /** the providers that are asked with keys of the visitor's own; absent if none is. The keys are nowhere. */
  ownKeys?: readonly string[];
  /** until when its runs count as under way in some process, unless that is renewed; 0: they do not */
  leaseUntil: number;
};

/** An experiment as it is stored, but for its runs. */
export type StoredHead = NewExperiment & {
  title: string | null;
  sharedAt: number | null;
  /** SHA-256 of the token of its delete link; null until shared */
  deleteHash: string | null;
};

/** The same, with the runs that are over, sorted by number. */
export type StoredExperiment = StoredHead & { runs: OverRun[] };

/** How many bytes the document of a run has, as it is stored. */
export type RunSize = { run: number; bytes: number };

/** A run that is over as it is stored: JSON text, which `readRun` reads. */
export type RunDocument = { run: number; document: string };

export type ListQuery = {
  owner: string;
  /** part of the title, the messages or the model, in upper or lower case; '' for all */
  search: string;
  /** the `next` of the previous page */
  after: string | null;
  /** 1 to 100 */
  limit: number;
};

/**
 * So much that is used of what may be used, by whatever counts it, until a time at the latest. A counter is the sum of its entries
 * whose time has not come. An entry with the id of an experiment follows its lease: it ends with it, and is renewed with it.
 */
export type Use = { counter: string; entry: string; amount: number; limit: number; until: number };

/** How much a counter has, and when the first of its entries ends. */
export type Spent = { counter: string; amount: number; until: number };

/** Older than they may be are unshared experiments that were made before a time, and shared ones that were shared before one; null: none. */
export type Expiry = { unshared: number | null; shared: number | null };

/** A page of experiments without their runs, newest first; `next` is null on the last one. */
export type Page = { experiments: StoredHead[]; next: string | null };

/**
 * Where experiments are kept. Every method is one transaction, durable when it resolves. If the engine fails, a method
 * throws StoreError and nothing else, and may succeed when called again. An id that does not exist is not an error.
 */
export interface Store {
  readonly engine: 'sqlite' | 'postgres';

  /** Stores a new experiment, with its runs if it is imported with them. The id must be new. */
  create(experiment: NewExperiment, runs?: readonly OverRun[]): Promise<void>;
  /**
   * Stores a run that is over, replacing one with the same number. false if the experiment does not exist (any more), or another
   * process has taken the lease since this one had it: a process that slept must not write over what has been run meanwhile.
   */
  saveRun(id: string, run: OverRun): Promise<boolean>;
  find(id: string): Promise<StoredExperiment | null>;
  /** The same without its runs. */
  findHead(id: string): Promise<StoredHead | null>;
  /** How large its runs are that are over, sorted by number; none if it does not exist. */
  findSizes(id: string): Promise<RunSize[]>;
  /** Its runs of these numbers that are over, unread, sorted. Whoever asks for megabytes at once holds the process up. */
  findDocuments(id: string, runs: readonly number[]): Promise<RunDocument[]>;
  list(query: ListQuery): Promise<Page>;
  /**
   * The newest of an owner's experiments with one recipe, the oldest of them first: at most `limit`, and as many as have at most
   * `bytes` in the documents of their runs, but one in any case.
   */
  listReplays(owner: string, recipeHash: string, limit: number, bytes: number): Promise<StoredHead[]>;

  rename(id: string, title: string | null): Promise<void>;
  /**
   * Makes it public from `at` on, with its preview image. Sharing again changes nothing. Resolves to whether it was
   * shared now.
   */
  share(id: string, at: number, deleteHash: string, preview: Uint8Array): Promise<boolean>;
  /** The preview image of a shared experiment. */
  findPreview(id: string): Promise<Uint8Array | null>;
  /** Removes it with its runs and its preview, and its entries of counters. */
  remove(id: string): Promise<void>;

  /** Takes the lease until `until`, unless somebody holds it at `now`. Resolves to whether it was taken. */
  claim(id: string, now: number, until: number): Promise<boolean>;
  /** Whether this process was the last to have the lease. */
  holds(id: string): Promise<boolean>;
  /**
   * Sets the lease of experiments to a later time, or to 0 to give it back. Resolves to the ids of those whose lease no other
   * process has taken since this one had it; the others stay as they are. Entries of counters follow.
   */
  renew(ids: readonly string[], until: number): Promise<string[]>;
  /**
   * Removes at most `limit` experiments that are older than they may be and that nobody holds at `now`, the oldest first, and what
   * counters have no more then. Resolves to how many experiments.
   */
  purge(before: Expiry, now: number, limit: number): Promise<number>;

  /**
   * Adds every amount to its counter, unless one would then have more than its limit: then nothing is added, and that one comes
   * back with what its counter has; of several the one that keeps the caller waiting longest. Of callers at the same time whose
   * first counters by name are the same, each sees what the others have added.
   */
  spend(uses: readonly Use[], now: number): Promise<{ use: Use; spent: Spent } | null>;
  /** Adds to entries that are there, whatever their limit; a negative amount gives back, at most what there is. */
  settle(changes: readonly Pick<Use, 'counter' | 'entry' | 'amount'>[]): Promise<void>;
  /** What counters have; those that have nothing are left out. */
  spent(counters: readonly string[], now: number): Promise<Spent[]>;

  /** Whether there is an experiment of this owner. */
  knows(owner: string): Promise<boolean>;
  /** A secret that all who use this store have in common: 256 random bits as base64url, made when it is first asked for. */
  secret(name: string): Promise<string>;

  /**
   * Keeps what was seen of models of a server, by model and parameter, unless something newer is kept. Of all servers the newest few
   * thousand are kept.
   */
  learn(server: string, seen: readonly Capability[]): Promise<void>;
  /** What was seen of a server's models. */
  capabilities(server: string): Promise<Capability[]>;
  /** Tells the other processes that share the store. Whoever cannot be reached finds out by asking. */
  tell(notice: Notice): Promise<void>;
  /** From now on calls `listener` with what other processes tell. */
  hear(listener: (notice: Notice) => void): void;

  /** Resolves if the store can be read and written at the moment. */
  check(): Promise<void>;
  close(): Promise<void>;
}

/** What is wrong with a store, in words that are safe to show: no path, no address, no password. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: 'full' | 'read_only' | 'locked' | 'corrupt' | 'moved' | 'unreachable' | 'failed';

  constructor(code: StoreError['code'], message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Whether an error is a StoreError. Pages, routes and the start-up are separate bundles, each with its own class
 * StoreError, while the store is shared: `instanceof` would not recognize the others' errors.
 */
export const isStoreError = (error: unknown): error is StoreError =>
  error instanceof Error && error.name === 'StoreError' && 'code' in error;

/** Whether something kept cannot be read: it is damaged, or a newer version has written it. */
export const isUnreadable = (error: unknown): boolean => isStoreError(error) && error.code === 'corrupt';
