import type { Caller, Line } from '@/lib/run/provider';
import { WaitingLine } from './waiting-line';

/** Lets so many calls to a provider through at once, and the others in turn. */
export class CallQueue implements Line {
  inFlight = 0;
  private readonly line = new WaitingLine<{ caller: Caller; come: () => void }>();

  constructor(private readonly atOnce: number) {}

  get waiting(): number {
    return this.line.size;
  }

  async enter(caller: Caller, signal: AbortSignal): Promise<() => void> {
    if (signal.aborted) return () => {};
    if (this.inFlight < this.atOnce) this.inFlight++;
    else if (!(await this.turnOf(caller, signal))) return () => {};
    return () => this.leave();
  }

  /** Waits in line: resolves to true with a place among those under way, to false if `signal` aborts before. */
  private turnOf(caller: Caller, signal: AbortSignal): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const giveUp = () => {
      this.line.remove(call);
      resolve(false);
    };
    const come = () => {
      signal.removeEventListener('abort', giveUp);
      resolve(true);
    };
    const call = { caller, come };
    this.line.add(call);
    signal.addEventListener('abort', giveUp, { once: true });
    return promise;
  }

  /** Gives a place to whoever is next. */
  private leave(): void {
    const next = this.line.first();
    if (!next) this.inFlight--;
    else {
      this.line.take(next);
      next.come();
    }
  }
}
