import type { Line } from '@/lib/run/provider';

/**
 * Lets so many calls to a provider through at once, and the others in turn: experiment by experiment, so that a hundred runs
 * of one do not keep a single run of another waiting. Within an experiment, first come, first served.
 *
 *     one at once; experiment A has calls 1 2 3, then B has call 4  →  1 2 4 3
 */
export class CallQueue implements Line {
  inFlight = 0;
  /** those that wait, by experiment; the experiment whose turn is next comes first */
  private readonly lines = new Map<string, Set<() => void>>();

  constructor(private readonly atOnce: number) {}

  get waiting(): number {
    return [...this.lines.values()].reduce((sum, line) => sum + line.size, 0);
  }

  async enter(experiment: string, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return () => {};
    if (this.inFlight < this.atOnce) this.inFlight++;
    else if (!(await this.turnOf(experiment, signal))) return () => {};
    return () => this.leave();
  }

  /** Waits in line: resolves to true with a place among those under way, to false if `signal` aborts before. */
  private turnOf(experiment: string, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const line = this.lines.get(experiment) ?? new Set();
    this.lines.set(experiment, line);
    const come = () => {
      signal.removeEventListener('abort', giveUp);
      resolve(true);
    };
    const giveUp = () => {
      line.delete(come);
      resolve(false);
    };
    line.add(come);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise;
  }

  /** Gives a place to whoever is next; the experiment that has had its turn goes to the end. */
  private leave(): void {
    for (const [experiment, line] of this.lines) {
      this.lines.delete(experiment);
      const [come] = line;
      if (!come) continue;
      line.delete(come);
      if (line.size > 0) this.lines.set(experiment, line);
      come();
      return;
    }
    this.inFlight--;
  }
}
