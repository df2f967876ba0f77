/** Lets whoever waits for news of an experiment know that there may be some, from here or from another process. */
export class Changes {
  private readonly waiting = new Map<string, Set<() => void>>();

  /** There may be news of an experiment. */
  tell(id: string): void {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    for (const go of waiting ?? []) go();
  }

  /** Resolves when there may be news of an experiment, after so many milliseconds, or when `signal` aborts. */
  next(id: string, ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting = this.waiting.get(id) ?? new Set();
      this.waiting.set(id, waiting);
      const go = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', go);
        waiting.delete(go);
        if (waiting.size === 0 && this.waiting.get(id) === waiting) this.waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(go, ms);
      signal.addEventListener('abort', go, { once: true });
      waiting.add(go);
    });
  }
}
