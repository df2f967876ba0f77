/** Milliseconds allowed: to the response's headers; to the first text; from one text to the next; for a whole run. */
export type TimeLimits = { headersMs: number; firstTextMs: number; idleMs: number; runMs: number };

export const defaultTimeLimits: TimeLimits = {
  headersMs: 60_000,
  firstTextMs: 120_000,
  idleMs: 45_000,
  runMs: 300_000,
};

/**
 * One signal for everything that may end a call early, and the reason afterwards. Only text restarts the idle limit:
 * keep-alive comments and empty chunks are no progress, or a gateway that sends them would keep a dead run alive.
 */
export class Deadline {
  readonly signal: AbortSignal;
  private readonly late = new AbortController();
  private readonly whole: ReturnType<typeof setTimeout>;
  private idle: ReturnType<typeof setTimeout>;

  constructor(
    private readonly caller: AbortSignal,
    private readonly limits: TimeLimits,
  ) {
    this.signal = AbortSignal.any([caller, this.late.signal]);
    this.whole = setTimeout(() => this.late.abort(), limits.runMs);
    this.idle = setTimeout(() => this.late.abort(), limits.firstTextMs);
  }

  /** Text has arrived: the time limit to the next text starts. */
  progress(): void {
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.late.abort(), this.limits.idleMs);
  }

  /** Why the call was ended early, if it was. */
  get reason(): 'aborted' | 'stalled' | null {
    if (this.caller.aborted) return 'aborted';
    return this.late.signal.aborted ? 'stalled' : null;
  }

  clear(): void {
    clearTimeout(this.whole);
    clearTimeout(this.idle);
  }
}
