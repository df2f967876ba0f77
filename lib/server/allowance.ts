import type { Problem } from '@/lib/http/problem';
import { err, ok, type Result } from '@/lib/result';
import { isStoreError, type Spent, type Store, type Use } from '@/lib/store/store';

/** A counter of tokens, and how it is refused when there is no room. */
export type TokenCounter = Omit<Use, 'amount'> & { refuse: (amount: number, spent: Spent) => Problem };

/** Gives back what was not used. Only the first call counts. */
type Settle = (used: number) => void;

/** Counts what a call may come to, before it is made; without a counter for it, it is free. */
export type Allowance = (request: Request, tokens: number) => Promise<Result<Settle, Problem>>;

/** So much of a limit is taken from the store at once: to write each call to the disk would cost more than its answer. */
const blockShare = 1 / 1000;

/**
 * Counts tokens by the counters of a request. They are taken from the store in blocks, and from those here, so that several processes
 * agree but for a block of each. While the store fails, nobody is kept waiting for it.
 */
export function allowanceIn(
  store: Pick<Store, 'spend'>,
  countersOf: (request: Request, now: number) => Promise<readonly TokenCounter[]>,
): Allowance {
  /** what is left of the blocks that were taken, by counter and entry, and until when */
  const blocks = new Map<string, { left: number; until: number }>();
  const keyOf = ({ counter, entry }: TokenCounter): string => `${counter} ${entry}`;
  const leftOf = (counter: TokenCounter): number => blocks.get(keyOf(counter))?.left ?? 0;
  const add = (counter: TokenCounter, tokens: number): void => {
    blocks.set(keyOf(counter), { left: leftOf(counter) + tokens, until: counter.until });
  };

  /** Takes from the store what is lacking for so many tokens. Resolves to what has no room, if anything. */
  async function fill(counters: readonly TokenCounter[], tokens: number, now: number): Promise<Problem | null> {
    const uses = counters
      .map((counter) => ({ counter, amount: tokens - leftOf(counter) }))
      .filter(({ amount }) => amount > 0);
    if (uses.length === 0) return null;
    const spend = async (most: (use: (typeof uses)[number]) => number): Promise<Problem | null> => {
      const asked = uses.map((use) => ({ ...use, amount: most(use) }));
      const exceeded = await store.spend(
        asked.map(({ counter: { refuse: _, ...use }, amount }) => ({ ...use, amount })),
        now,
      );
      if (!exceeded) for (const { counter, amount } of asked) add(counter, amount);
      const full = exceeded && asked.find(({ counter }) => counter.counter === exceeded.use.counter);
      return full ? full.counter.refuse(full.amount, exceeded.spent) : null;
    };
    for (const [key, { until }] of blocks) if (until <= now) blocks.delete(key);
    const block = await spend(({ counter, amount }) => Math.max(amount, Math.ceil(counter.limit * blockShare)));
    return block && (await spend(({ amount }) => amount));
  }

  return async (request, tokens) => {
    const now = Date.now();
    try {
      const counters = await countersOf(request, now);
      const full = await fill(counters, tokens, now);
      if (full) return err(full);
      for (const counter of counters) add(counter, -tokens);
      let settled = false;
      return ok((used) => {
        if (!settled) for (const counter of counters) add(counter, tokens - Math.min(used, tokens));
        settled = true;
      });
    } catch (error) {
      if (isStoreError(error)) return ok(() => {});
      throw error;
    }
  };
}
