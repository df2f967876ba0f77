import type { Line } from '@/lib/run/provider';

/** Who waits for what: calls of one experiment, and the visitor whose it is. */
type Caller = { visitor: string; experiment: string };
type Calls = Set<() => void>;

/**
 * Lets so many calls to a provider through at once, and the others in turn: visitor by visitor, and of each visitor experiment
 * by experiment. So neither the hundred runs of one experiment nor the twenty experiments of one visitor keep a single run of
 * another waiting. Within an experiment, first come, first served.
 *
 *     one at once; A's experiment has calls 1 2 3, then A has another with 4, and B one with 5  →  1 2 5 4 3
 */
export class CallQueue implements Line {
  inFlight = 0;
  /** those that wait, by visitor and experiment; whoever's turn is next comes first */
  private readonly visitors = new Map<string, Map<string, Calls>>();

  constructor(private readonly atOnce: number) {}

  get waiting(): number {
    const lines = [...this.visitors.values()].flatMap((experiments) => [...experiments.values()]);
    return lines.reduce((sum, calls) => sum + calls.size, 0);
  }

  async enter(caller: Caller, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return () => {};
    if (this.inFlight < this.atOnce) this.inFlight++;
    else if (!(await this.turnOf(caller, signal))) return () => {};
    return () => this.leave();
  }

  /** Waits in line: resolves to true with a place among those under way, to false if `signal` aborts before. */
  private turnOf({ visitor, experiment }: Caller, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const experiments = this.visitors.get(visitor) ?? new Map<string, Calls>();
    this.visitors.set(visitor, experiments);
    const calls = experiments.get(experiment) ?? new Set();
    experiments.set(experiment, calls);
    const come = () => {
      signal.removeEventListener('abort', giveUp);
      resolve(true);
    };
    const giveUp = () => {
      calls.delete(come);
      resolve(false);
    };
    calls.add(come);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise;
  }

  /** Gives a place to whoever is next; the visitor who has had a turn goes to the end, and so does the experiment. */
  private leave(): void {
    for (const [visitor, experiments] of this.visitors) {
      this.visitors.delete(visitor);
      const come = nextOf(experiments);
      if (experiments.size > 0) this.visitors.set(visitor, experiments);
      if (!come) continue;
      come();
      return;
    }
    this.inFlight--;
  }
}

/** Takes the next call out of a visitor's experiments; undefined if none waits any more. */
function nextOf(experiments: Map<string, Calls>): (() => void) | undefined {
  for (const [experiment, calls] of experiments) {
    experiments.delete(experiment);
    const [come] = calls;
    if (!come) continue;
    calls.delete(come);
    if (calls.size > 0) experiments.set(experiment, calls);
    return come;
  }
  return undefined;
}
