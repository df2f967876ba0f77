import { randomBytes } from 'node:crypto';
import { gone, notFound, type Problem } from '@/lib/http/problem';
import { recipeHash } from '@/lib/recipe/hash';
import { armProvider } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { Experiment } from '@/lib/run/fold';
import { isMissing, type OverRun } from '@/lib/run/record';
import { fillIn } from '@/lib/run/saved';
import type { Store, StoredExperiment } from '@/lib/store/store';
import { metrics } from '@/lib/telemetry/metrics';
import type { Capabilities } from './capabilities';
import { LiveExperiment, type LiveOptions, type ProviderOf } from './live-experiment';
import { withOwnKeys } from './own-keys';
import { Turns } from './turns';

/** Experiments running at once in this process; more wait for a moment, and are refused if no place comes free. */
const maxRunning = 40;
/** So many may wait of one owner, and of one address. */
const maxWaiting = { owner: 8, address: 100 };
/** So many of them may be those of one address: a class fits, and others are not kept out. */
const maxOfAddress = 32;
/** A finished experiment is remembered for this long, for readers whose connection was lost near its end. */
const rememberMs = 60_000;
/** At most this many are remembered; the oldest finished ones are forgotten first. */
const maxRemembered = 200;
/** How long other processes assume that an experiment runs here, unless its lease is renewed. */
export const leaseMs = 30_000;
const renewMs = 10_000;
/** So many calls are begun before the process does whatever else has come in: one takes it about a millisecond. */
const callsATurn = 16;
/** How long a finished run waits for a store that fails. */
const savePatienceMs = 10_000;

export type StartOptions = Sharer & {
  /** see `newId` */
  id: string;
  recipe: Recipe;
  providerOf: ProviderOf;
  parent: string | null;
  /** in whose turn its runs are made; its owner's if left out */
  visitor?: string;
  /** tokens a second for Seedling; undefined for as fast as possible */
  pace: number | undefined;
  /** counts what it may come to, once there is a place for it; resolves to why that is too much */
  afford?: () => Promise<Problem | null>;
  /** aborts when whoever asked has gone */
  left?: AbortSignal;
};

/** With whom an experiment shares the places: the others of its owner, and those of the same address if that is known. */
export type Sharer = { owner: string; address: string | null };

/** Runs the experiments of this process. What stays of them is in the store. */
export class Hub {
  private readonly experiments = new Map<string, LiveExperiment>();
  /** by id, resolves when the experiment is over and its lease has been given back */
  private readonly closed = new Map<string, Promise<void>>();
  /** the leases that this process holds, and when they end */
  private readonly leases = new Map<string, number>();
  /** whose experiments are about to run */
  private readonly starting = new Set<Sharer>();
  /** whose wait for a place, and what tells them that they have one; whoever came first comes first */
  private readonly waiting = new Map<Sharer, () => void>();
  /** whose experiments these are, by id */
  private readonly sharers = new Map<string, Sharer>();
  /** in which calls are begun: a hundred experiments that start at once would hold the process up by theirs */
  private readonly turns = new Turns(callsATurn);
  private stopping = false;
  private renewing: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Store,
    private readonly graceMs: number,
    private readonly capabilities?: Capabilities,
    /** how long an experiment may wait for a place, in milliseconds */
    private readonly patienceMs = 0,
  ) {
    store.hear((notice) => {
      if (notice.kind === 'stop') this.experiments.get(notice.id)?.stop(notice.runs);
      if (notice.kind === 'removed') this.forget(notice.id);
    });
  }

  /** It has been told to stop everything, and begins nothing any more. */
  get ending(): boolean {
    return this.stopping;
  }

  /** How many runs are being made, and how many wait for their turn, by provider. */
  underWay(): Map<string, { running: number; queued: number }> {
    const counts = new Map<string, { running: number; queued: number }>();
    for (const { running, experiment } of this.experiments.values()) {
      if (!running) continue;
      for (const { arm, status } of experiment.runs) {
        const provider = armProvider(experiment.recipe, arm);
        const count = counts.get(provider) ?? { running: 0, queued: 0 };
        if (status === 'running' || status === 'queued') count[status]++;
        counts.set(provider, count);
      }
    }
    return counts;
  }

  /** Stores an experiment under its id, then starts it. Throws StoreError. */
  async start({
    id,
    recipe,
    providerOf,
    parent,
    visitor,
    pace,
    afford = async () => null,
    left,
    ...sharer
  }: StartOptions): Promise<Result<LiveExperiment, Problem>> {
    const { owner } = sharer;
    const ownKeys = withOwnKeys(recipe, providerOf);
    const head = { id, owner, recipe, recipeHash: recipeHash(recipe), parent, origin: 'run' as const };
    return this.inPlace(sharer, left, async () => {
      const problem = await afford();
      if (problem) return err(problem);
      const now = Date.now();
      const begun = { ...head, createdAt: now, leaseUntil: now + leaseMs };
      await this.store.create(ownKeys.length > 0 ? { ...begun, ownKeys } : begun);
      this.sharers.set(id, sharer);
      this.leases.set(id, now + leaseMs);
      const live = this.take({ id, recipe, visitor: visitor ?? owner, providerOf, pace, graceMs: this.graceMs });
      void live.start();
      if (this.stopping) live.stop();
      this.closed.set(id, this.close(id, live));
      return ok(live);
    });
  }

  /** The experiment, while it runs here and for a minute afterwards. */
  get(id: string): LiveExperiment | undefined {
    return this.experiments.get(id);
  }

  /** Until when the lease stands on an experiment that is over here and has not been given back yet; 0 if there is none. */
  leftUntil(id: string): number {
    return this.experiments.get(id)?.running === false ? (this.leases.get(id) ?? 0) : 0;
  }

  /**
   * Runs again what is missing or failed, of the given runs or of all. Resolves to the experiment and the number of the event
   * after which new ones will follow. Throws StoreError.
   */
  async again(
    stored: StoredExperiment,
    providerOf: ProviderOf,
    pace: number | undefined,
    runs?: readonly number[],
    address: string | null = null,
  ): Promise<Result<{ live: LiveExperiment; after: number }, Problem>> {
    const { id, owner, recipe } = stored;
    const sharer = { owner, address };
    const running = this.experiments.get(id);
    if (running?.running) {
      const after = running.newest;
      return running.again(runs, providerOf).length > 0 ? ok({ live: running, after }) : err(nothingMissing);
    }
    return this.inPlace(sharer, undefined, async () => {
      const known = await this.claim(stored, runs);
      if (!known.ok) return known;
      this.sharers.set(id, sharer);
      // Readers may have seen a log that is gone: numbers that no earlier log has used make them begin anew.
      const firstSeq = Math.max(freshSeq(), (this.experiments.get(id)?.newest ?? 0) + 1);
      const live = this.take({
        ...{ id, recipe, visitor: owner, providerOf, pace, graceMs: this.graceMs },
        ...{ known: known.value, firstSeq },
      });
      const after = live.newest;
      live.again(runs);
      if (this.stopping) live.stop();
      this.closed.set(id, this.close(id, live));
      return ok({ live, after });
    });
  }

  /** Takes the lease on an experiment with missing runs, and resolves to its current state. */
  private async claim(
    { id, recipe }: StoredExperiment,
    runs?: readonly number[],
  ): Promise<Result<Experiment, Problem>> {
    await this.closed.get(id);
    const now = Date.now();
    // A lease that could not be given back is still ours: whoever has taken it since has one that ends later.
    const free = Math.max(now, this.leases.get(id) ?? 0);
    const claimed = await this.store.claim(id, free, now + leaseMs);
    try {
      const stored = await this.store.find(id);
      if (!stored) return err(notFound);
      if (!claimed) return err(elsewhere);
      this.leases.set(id, now + leaseMs);
      const records = fillIn(recipe, stored.runs);
      const missing = records.some((record) => isMissing(record) && (runs?.includes(record.run) ?? true));
      if (missing) return ok({ id, recipe, runs: records, running: false });
      await this.giveBack(id);
      return err(nothingMissing);
    } catch (error) {
      if (claimed) await this.giveBack(id);
      throw error;
    }
  }

  /**
   * Starts nothing any more, and aborts everything that has not ended after a while: the process is about to end. Resolves
   * when all of it is stored.
   */
  async stopAll(graceMs = 0): Promise<void> {
    this.stopping = true;
    for (const come of this.waiting.values()) come();
    if (graceMs > 0) await this.allOver(graceMs);
    for (const experiment of this.experiments.values()) experiment.stop();
    await Promise.all(this.closed.values());
    await this.capabilities?.flush();
  }

  /** Resolves when nothing runs, or after a while. */
  private async allOver(ms: number): Promise<void> {
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, ms);
    await Promise.race([Promise.all([...this.experiments.values()].map((live) => live.over())), late.promise]);
    clearTimeout(timer);
  }

  /** Stops and forgets an experiment that is being deleted. */
  forget(id: string): void {
    this.experiments.get(id)?.stop();
    this.experiments.delete(id);
    this.admit();
  }

  /**
   * Why nothing can be started for somebody now; null if it can. Nobody may have more places than are left to others, so there
   * is always one for a visitor who has none.
   */
  private refusalOf({ owner, address }: Sharer): Problem | null {
    if (this.stopping) return ending;
    const running = [...this.experiments].filter(([, live]) => live.running).map(([id]) => this.sharers.get(id));
    const all = [...this.starting, ...running];
    const free = maxRunning - all.length;
    if (free <= 0) return busy;
    const own = all.filter((each) => each?.owner === owner).length;
    if (own >= free) return tooManyOwn(own);
    const near = all.filter((each) => address !== null && each?.address === address).length;
    return near >= maxOfAddress ? tooManyOfAddress : null;
  }

  /** Does the work by which an experiment comes to run, which has its place meanwhile; or tells why it has none. */
  private async inPlace<T>(
    sharer: Sharer,
    left: AbortSignal | undefined,
    work: () => Promise<Result<T, Problem>>,
  ): Promise<Result<T, Problem>> {
    const place = { ...sharer };
    const refusal = this.refusalOf(place) && (await this.waitFor(place, left));
    if (refusal) {
      metrics().limitHit('experiments-at-once');
      return err(refusal);
    }
    this.starting.add(place);
    try {
      return await work();
    } finally {
      this.starting.delete(place);
      this.admit();
    }
  }

  /** Waits for a place, for a while; resolves to why there is none, or to null. */
  private async waitFor(place: Sharer, left: AbortSignal | undefined): Promise<Problem | null> {
    const among = (of: keyof typeof maxWaiting) =>
      [...this.waiting.keys()].filter((each) => each[of] !== null && each[of] === place[of]).length < maxWaiting[of];
    if (this.patienceMs === 0 || this.stopping || !among('owner') || !among('address')) return this.refusalOf(place);
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, this.patienceMs);
    left?.addEventListener('abort', () => resolve(), { once: true });
    this.waiting.set(place, resolve);
    await promise;
    clearTimeout(timer);
    this.waiting.delete(place);
    if (left?.aborted) {
      this.starting.delete(place);
      return gone;
    }
    return this.starting.has(place) ? null : this.refusalOf(place);
  }

  /** Gives places that are free to those who wait for one. */
  private admit(): void {
    for (const [place, come] of this.waiting) {
      if (this.refusalOf(place)) continue;
      this.waiting.delete(place);
      this.starting.add(place);
      come();
    }
  }

  private take(options: LiveOptions): LiveExperiment {
    const { id } = options;
    const keep = async (run: OverRun) => {
      metrics().runOver(armProvider(options.recipe, run.arm), outcomeOf(run), firstTextOf(run));
      if (await patiently(() => this.store.saveRun(id, run))) return this.capabilities?.learn(options.recipe, run);
      live.stop();
      throw new Error(
        'The experiment was deleted while it ran, or another process of this server has gone on with it.',
      );
    };
    const live = new LiveExperiment({ ...options, keep, turn: (caller) => this.turns.take(caller) });
    this.experiments.set(id, live);
    this.forgetOldest();
    this.renewing ??= setInterval(() => void this.renewLeases(), renewMs).unref();
    return live;
  }

  /** Gives an experiment's lease back once it is over, and forgets it after a while. */
  private async close(id: string, live: LiveExperiment): Promise<void> {
    await live.over();
    this.admit();
    this.capabilities?.learnFromProbe(live.experiment);
    await this.giveBack(id);
    setTimeout(() => {
      const now = this.experiments.get(id);
      if (now === live) this.experiments.delete(id);
      if (now === live || now === undefined) {
        this.closed.delete(id);
        this.sharers.delete(id);
      }
    }, rememberMs).unref();
  }

  /** Gives a lease back. If the store fails, the lease expires by itself, and is ours until then. */
  private async giveBack(id: string): Promise<void> {
    await this.store.renew([id], 0).then(
      () => this.leases.delete(id),
      () => undefined,
    );
  }

  private async renewLeases(): Promise<void> {
    const running = [...this.experiments].filter(([, live]) => live.running).map(([id]) => id);
    if (running.length === 0) return;
    const until = Date.now() + leaseMs;
    const held = await this.store.renew(running, until).catch(() => null);
    if (!held) return;
    for (const id of held) this.leases.set(id, until);
    // Taken by another process while this one slept, or deleted: whatever comes now is of no use.
    for (const id of running) if (!held.includes(id)) this.experiments.get(id)?.stop();
  }

  private forgetOldest(): void {
    for (const [id, experiment] of this.experiments) {
      if (this.experiments.size <= maxRemembered) return;
      if (!experiment.running) this.experiments.delete(id);
    }
  }
}

/** A number for the first event of an experiment's new log, higher than any that an earlier log of it has used. */
export const freshSeq = (): number => Date.now() * 1000;

/** An id for an experiment: 128 random bits, which cannot be guessed. */
export const newId = (): string => randomBytes(16).toString('base64url');

const busy: Problem = {
  status: 503,
  code: 'busy',
  message: `This server runs ${maxRunning} experiments already. Try again in a moment.`,
  retryAfter: 5,
};

const tooManyOwn = (own: number): Problem => ({
  status: 429,
  code: 'too_many_running',
  message: `${own} of your experiments are running. The ${maxRunning} places are shared: try again when one of yours has ended.`,
  retryAfter: 5,
});

const tooManyOfAddress: Problem = {
  status: 429,
  code: 'too_many_running',
  message: `${maxOfAddress} experiments from your network address are running, which is all that one may have of ${maxRunning}. Try again in a moment.`,
  retryAfter: 5,
};

const ending: Problem = {
  status: 503,
  code: 'busy',
  message: 'This server is being stopped. Try again in a moment.',
  retryAfter: 5,
};

const elsewhere: Problem = {
  status: 409,
  code: 'running',
  message: 'This experiment is running at this moment, in another process of this server. Try again when it is over.',
};

const nothingMissing: Problem = {
  status: 409,
  code: 'nothing_missing',
  message: 'None of these runs is missing or failed: there is nothing to run again.',
  param: 'runs',
};

/** How a run ended, in one of a few words. */
const outcomeOf = (run: OverRun): string => (run.status === 'failed' ? 'failed' : run.finish);
const firstTextOf = (run: OverRun): number | null => (run.status === 'failed' ? null : run.timing.firstTextMs);

/** Retries, less and less often, for as long as a run may wait for its store. Then throws the last error. */
async function patiently<T>(save: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + savePatienceMs;
  for (let delay = 100; ; delay = Math.min(delay * 2, 1000)) {
    try {
      return await save();
    } catch (error) {
      if (performance.now() + delay > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, delay));
    }
  }
}
