import type { Caller } from '@/lib/run/provider';

/**
 * Those who wait for their turn. Turns go round among visitors, and among the experiments of each visitor. So neither the hundred runs
 * of one experiment nor the twenty experiments of one visitor keep a single run of another waiting. Within an experiment, first come,
 * first served.
 *
 *     A's experiment has 1 2 3, then A has another with 4, and B one with 5  →  1 5 4 2 3
 */
export class WaitingLine<T extends { caller: Caller }> {
  /** by visitor and experiment; whoever's turn is next comes first, and none is empty */
  readonly #visitors = new Map<string, Map<string, Set<T>>>();

  get size(): number {
    const lines = [...this.#visitors.values()].flatMap((experiments) => [...experiments.values()]);
    return lines.reduce((sum, line) => sum + line.size, 0);
  }

  add(one: T): void {
    const { visitor, experiment } = one.caller;
    const experiments = this.#visitors.get(visitor) ?? new Map<string, Set<T>>();
    this.#visitors.set(visitor, experiments);
    experiments.set(experiment, (experiments.get(experiment) ?? new Set()).add(one));
  }

  /** Whose turn it is: the next of the first visitor whose next one suits. */
  first(suits: (one: T) => boolean = () => true): T | undefined {
    for (const experiments of this.#visitors.values()) {
      const [line = []] = experiments.values();
      const [next] = line;
      if (next && suits(next)) return next;
    }
    return undefined;
  }

  /** Lets one have its turn: its visitor comes last from now on, and of this visitor's experiments its own. */
  take(one: T): void {
    const { visitor, experiment } = one.caller;
    const experiments = this.#visitors.get(visitor);
    this.remove(one);
    if (experiments) putLast(experiments, experiment);
    putLast(this.#visitors, visitor);
  }

  /** One waits no longer, without a turn. */
  remove(one: T): void {
    const { visitor, experiment } = one.caller;
    const experiments = this.#visitors.get(visitor);
    const line = experiments?.get(experiment);
    line?.delete(one);
    if (line?.size === 0) experiments?.delete(experiment);
    if (experiments?.size === 0) this.#visitors.delete(visitor);
  }
}

function putLast<T>(all: Map<string, T>, name: string): void {
  const one = all.get(name);
  if (one === undefined) return;
  all.delete(name);
  all.set(name, one);
}
