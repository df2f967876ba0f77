import { type Observation, observe, observeProbe, settle } from '@/lib/compare/measure/capabilities';
import { armRequest } from '@/lib/recipe/plan';
import { isProbe } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Capability } from '@/lib/run/capability';
import { type Endpoint, urlOf } from '@/lib/run/events';
import type { Experiment } from '@/lib/run/fold';
import { isOver, type OverRun } from '@/lib/run/record';
import type { Store } from '@/lib/store/store';

/** For how long what was read of a server holds, since other instances learn too. */
const holdsMs = 10_000;
/** What has changed is written together, this much later: answers that come and go with a fingerprint would write with each run. */
const writeAfterMs = 1000;

/**
 * Whether a run was made with the operator's key, or none. What a visitor's own key may do, and the names of models that are theirs
 * alone, are nobody else's business.
 */
const isOfOperator = ({ key }: OverRun): boolean => key === undefined;

/** What is known of one server, by model and parameter. */
type Entries = Map<string, Capability>;

/**
 * What models have been seen to take, refuse or ignore. A run that is over is held against what is known, in memory; only what has
 * changed is written, and nobody waits for it. A store that fails loses what was seen, not the run.
 */
export class Capabilities {
  private readonly servers = new Map<string, { entries: Promise<Entries>; readAt: number }>();
  private changed = new Map<string, Entries>();
  private writing: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Pick<Store, 'learn' | 'capabilities'>,
    private readonly now: () => number = Date.now,
  ) {}

  /** Learns from a run that is over. The runs of a probe are looked at together, when it is over. */
  learn(recipe: Recipe, run: OverRun): void {
    if (!isProbe(recipe) && isOfOperator(run))
      void this.take(run.endpoint, run.model, observe(armRequest(recipe, run.arm), run));
  }

  /** Learns from an experiment that is over, if it is a probe. */
  learnFromProbe({ recipe, runs }: Pick<Experiment, 'recipe' | 'runs'>): void {
    const sent = runs.find((run) => isOver(run) && run.endpoint);
    if (sent && isOver(sent) && isOfOperator(sent))
      void this.take(sent.endpoint, recipe.request.model, observeProbe(recipe, runs));
  }

  /** What is known of the models of a server. While the store fails, what this process has seen. */
  async of(server: string): Promise<Capability[]> {
    return [...(await this.known(server)).values()];
  }

  /** Writes what has changed. */
  async flush(): Promise<void> {
    clearTimeout(this.writing);
    this.writing = undefined;
    const changed = this.changed;
    this.changed = new Map();
    for (const [server, entries] of changed) {
      // In one order, so that instances do not wait for each other's rows.
      const seen = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, capability]) => capability);
      await this.store.learn(server, seen).catch(() => undefined);
    }
  }

  private async take(
    endpoint: Endpoint | null | undefined,
    model: string,
    seen: readonly Observation[],
  ): Promise<void> {
    if (!endpoint || seen.length === 0) return;
    const server = urlOf(endpoint);
    const entries = await this.known(server);
    const at = this.now();
    for (const each of seen) {
      const key = keyOf(model, each.parameter);
      const before = entries.get(key);
      const after = settle(before, model, each, at);
      if (after !== before) this.change(server, key, after, entries);
    }
  }

  private change(server: string, key: string, capability: Capability, entries: Entries): void {
    entries.set(key, capability);
    const changed = this.changed.get(server) ?? new Map<string, Capability>();
    changed.set(key, capability);
    this.changed.set(server, changed);
    this.writing ??= setTimeout(() => void this.flush(), writeAfterMs).unref();
  }

  private known(server: string): Promise<Entries> {
    const last = this.servers.get(server);
    if (last && this.now() - last.readAt < holdsMs) return last.entries;
    const entries = this.read(server, last?.entries);
    this.servers.set(server, { entries, readAt: this.now() });
    return entries;
  }

  /** What the store has, and what was seen here since and may not have been written yet. */
  private async read(server: string, last: Promise<Entries> | undefined): Promise<Entries> {
    const seen = (await last) ?? new Map<string, Capability>();
    const stored = await this.store.capabilities(server).catch(() => null);
    if (!stored) return seen;
    const entries = new Map(stored.map((each) => [keyOf(each.model, each.parameter), each]));
    for (const [key, each] of seen) if (each.at > (entries.get(key)?.at ?? 0)) entries.set(key, each);
    return entries;
  }
}

const keyOf = (model: string, parameter: string): string => JSON.stringify([model, parameter]);
