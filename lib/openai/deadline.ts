/** Milliseconds allowed: to the response's headers; to the first text; from one text to the next; for a whole run. */
export type TimeLimits = { connectMs: number; firstTextMs: number; silenceMs: number; totalMs: number };

export type SomeTimeLimits = { [Limit in keyof TimeLimits]?: TimeLimits[Limit] | undefined };

export const defaultTimeLimits: TimeLimits = {
  connectMs: 300_000,
  firstTextMs: 600_000,
  silenceMs: 120_000,
  totalMs: 3_600_000,
};

/** Some limits, and the defaults for the others. */
export const withDefaults = ({ connectMs, firstTextMs, silenceMs, totalMs }: SomeTimeLimits = {}): TimeLimits => ({
  connectMs: connectMs ?? defaultTimeLimits.connectMs,
  firstTextMs: firstTextMs ?? defaultTimeLimits.firstTextMs,
  silenceMs: silenceMs ?? defaultTimeLimits.silenceMs,
  totalMs: totalMs ?? defaultTimeLimits.totalMs,
});

/** Those that end a call once the server has begun to answer. */
export type LateLimit = Exclude<keyof TimeLimits, 'connectMs'>;

/**
 * One signal for everything that may end a call early, and the reason afterwards. Only text restarts the limit of silence:
 * keep-alive comments and empty chunks are no progress, or a gateway that sends them would keep a dead run alive.
 */
export class Deadline {
  private readonly ending = new AbortController();
  readonly signal = this.ending.signal;
  private readonly whole: ReturnType<typeof setTimeout>;
  private silence: ReturnType<typeof setTimeout>;
  private soon: NodeJS.Immediate | undefined;
  private passed: LateLimit | null = null;

  constructor(
    private readonly caller: AbortSignal,
    private readonly limits: TimeLimits,
  ) {
    // AbortSignal.any would do the same, at several times the cost.
    caller.addEventListener('abort', this.stop, { once: true });
    if (caller.aborted) this.stop();
    this.whole = this.after('totalMs');
    this.silence = this.after('firstTextMs');
  }

  /** Text has arrived: the time limit to the next text starts. */
  progress(): void {
    this.clearSilence();
    this.silence = this.after('silenceMs');
  }

  /** Why the call was ended early, if it was: by its caller, or by which limit. */
  get reason(): 'aborted' | LateLimit | null {
    return this.caller.aborted ? 'aborted' : this.passed;
  }

  clear(): void {
    this.caller.removeEventListener('abort', this.stop);
    clearTimeout(this.whole);
    this.clearSilence();
  }

  private readonly stop = (): void => this.ending.abort(this.caller.reason);

  private after(limit: LateLimit): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      if (limit === 'totalMs') this.end(limit);
      // Whoever held this process may have kept text from being read that is there: it is read before the time counts as over.
      else this.soon = setImmediate(() => this.endSoon(limit));
    }, this.limits[limit]);
  }

  private endSoon(limit: LateLimit): void {
    this.soon = setImmediate(() => this.end(limit));
  }

  private end(limit: LateLimit): void {
    this.passed ??= limit;
    this.ending.abort();
  }

  private clearSilence(): void {
    clearTimeout(this.silence);
    clearImmediate(this.soon);
  }
}
