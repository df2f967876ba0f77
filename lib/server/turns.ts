/**
 * Who may work next where only a few can: whoever wants to waits for a turn, and works for a moment once it has come. Between two
 * rounds of turns the process serves whatever else has come in. Turns go round among those who wait, however much each of them wants.
 */
export class Turns {
  private readonly waiting = new Map<string, (() => void)[]>();
  private left: number;
  private begun = false;

  /** `each`: how many turns there are in a round. */
  constructor(private readonly each = 1) {
    this.left = each;
  }

  /** Resolves when it is the turn of this one, who works until the next `await`. */
  take(who: string): Promise<void> {
    this.begin();
    if (this.left > 0) {
      this.left--;
      return Promise.resolve();
    }
    return new Promise((come) => {
      const own = this.waiting.get(who);
      if (own) own.push(come);
      else this.waiting.set(who, [come]);
    });
  }

  /** Has the next round come, unless it is coming already. */
  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    setImmediate(() => {
      this.begun = false;
      for (this.left = this.each; this.left > 0 && this.waiting.size > 0; this.left--) this.next();
      if (this.left < this.each) this.begin();
    });
  }

  private next(): void {
    const [who, [come, ...others]] = this.waiting.entries().next().value ?? ['', []];
    this.waiting.delete(who);
    if (others.length > 0) this.waiting.set(who, others);
    come?.();
  }
}
