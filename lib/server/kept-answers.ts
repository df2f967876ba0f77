import type { PackedAnswer } from './packed.ts';

/** An answer as it is kept: the same for everybody. */
export type Answer = PackedAnswer & {
  /** the ids of the experiments that it shows */
  of: readonly string[];
  /** who made the experiment at its address; '' where there is none */
  owner: string;
};

/** `answer` may still be in the making; `made` is it once it is not. */
type Kept = { answer: Promise<Answer | null>; made: Answer | null; until: number };

type Limits = {
  /** for how long an answer is given before it is made anew */
  ms: number;
  /** how many bytes are kept in all */
  bytes: number;
  now?: () => number;
};

/**
 * Answers by their path: each is made once, however many ask for it, and thrown away when an experiment changes that it
 * shows. What other processes tell may be lost, so none is given for longer than its time.
 */
export class KeptAnswers {
  private readonly kept = new Map<string, Kept>();
  private readonly limits: Limits;
  private readonly now: () => number;
  private bytes = 0;

  constructor(limits: Limits) {
    this.limits = limits;
    this.now = limits.now ?? (() => performance.now());
  }

  /** The answer at a path: the one that is kept, else what `make` gives. If that is null, or it throws, none is kept. */
  get(path: string, make: () => Promise<Answer | null>): Promise<Answer | null> {
    const known = this.kept.get(path);
    if (known && known.until > this.now()) return known.answer;
    this.remove(path);
    const kept: Kept = { answer: make(), made: null, until: this.now() + this.limits.ms };
    this.kept.set(path, kept);
    const settle = (answer: Answer | null): void => {
      if (this.kept.get(path) !== kept) return; // it was dropped meanwhile
      kept.made = answer;
      if (answer) this.bytes += sizeOf(answer);
      else this.remove(path);
      this.makeRoom();
    };
    kept.answer.then(settle, () => settle(null));
    return kept.answer;
  }

  /** Throws away what shows an experiment, and what is in the making: nobody knows yet what that shows. */
  drop(id: string): void {
    for (const [path, { made }] of this.kept) if (!made || made.of.includes(id)) this.remove(path);
  }

  /** Throws away what is past its time and, while there is too much, the oldest. */
  private makeRoom(): void {
    for (const [path, { until }] of this.kept) {
      if (until > this.now() && this.bytes <= this.limits.bytes) return;
      this.remove(path);
    }
  }

  private remove(path: string): void {
    const made = this.kept.get(path)?.made;
    if (made) this.bytes -= sizeOf(made);
    this.kept.delete(path);
  }
}

const sizeOf = ({ body, packed }: Answer): number =>
  [body, ...packed.map((each) => each.body)].reduce((sum, { length }) => sum + length, 0);
