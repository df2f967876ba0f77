/**
 * Who may work next where only one can: whoever wants to waits for a turn, and works for a moment once it has come. Between two
 * turns the process serves whatever else has come in. Turns go round among those who wait, however much each of them wants.
 */
export class Turns {
  private readonly waiting = new Map<string, (() => void)[]>();
  private running = false;

  /** Resolves when it is the turn of this one, who works until the next `await`. */
  take(who: string): Promise<void> {
    return new Promise((begin) => {
      const own = this.waiting.get(who);
      if (own) own.push(begin);
      else this.waiting.set(who, [begin]);
      if (!this.running) this.next();
    });
  }

  private next(): void {
    this.running = true;
    setImmediate(() => {
      const [who, [begin, ...others]] = this.waiting.entries().next().value ?? ['', []];
      this.waiting.delete(who);
      if (others.length > 0) this.waiting.set(who, others);
      begin?.();
      if (this.waiting.size > 0) this.next();
      else this.running = false;
    });
  }
}
