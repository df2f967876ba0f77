import type { Caller } from '@/lib/run/provider';
import { WaitingLine } from './waiting-line';

/**
 * Who may work next where only a few can: whoever wants to waits for a turn, and works for a moment once it has come. Between two
 * rounds of turns the process serves whatever else has come in.
 */
export class Turns {
  private readonly waiting = new WaitingLine<{ caller: Caller; come: () => void }>();
  private left: number;
  private begun = false;

  /** `each`: how many turns there are in a round. */
  constructor(private readonly each = 1) {
    this.left = each;
  }

  /** Resolves when it is the turn of this one, who works until the next `await`. */
  take(caller: Caller): Promise<void> {
    this.begin();
    if (this.left > 0) {
      this.left--;
      return Promise.resolve();
    }
    return new Promise((come) => this.waiting.add({ caller, come }));
  }

  /** Has the next round come, unless it is coming already. */
  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    setImmediate(() => {
      this.begun = false;
      this.left = this.each;
      for (let next = this.waiting.first(); next && this.left > 0; next = this.waiting.first()) {
        this.left--;
        this.waiting.take(next);
        next.come();
      }
      if (this.left < this.each) this.begin();
    });
  }
}
