import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { isStoreError, type Store } from '@/lib/store/store';
import { addressOf } from './address';

/** Counts a request. Resolves to how many seconds its sender must wait; 0 if it need not. */
export type RateLimit = (request: Request) => Promise<number>;

/**
 * At most `perMinute` requests a minute from one address. Requests without one are not counted: the playground's own, which
 * do not come over the network, and those of `npm run dev`.
 */
export function limitByAddress(perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (request) => {
    const address = addressOf(request);
    if (address === null) return 0;
    try {
      await limiter.consume(address);
      return 0;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      throw refusal;
    }
  };
}

const minuteMs = 60_000;

/** The same for all processes that share a store. While that fails, nobody is kept waiting for it. */
export const limitInStore =
  (store: Pick<Store, 'spend'>, perMinute: number, nameOf: (address: string) => Promise<string>): RateLimit =>
  async (request) => {
    const address = addressOf(request);
    if (address === null) return 0;
    const now = Date.now();
    const minute = Math.floor(now / minuteMs);
    try {
      const counter = `v1 ${await nameOf(address)}`;
      const until = (minute + 1) * minuteMs;
      const use = { counter, entry: `minute ${minute}`, amount: 1, limit: perMinute, until };
      return (await store.spend([use], now)) ? Math.ceil((until - now) / 1000) : 0;
    } catch (error) {
      if (isStoreError(error)) return 0;
      throw error;
    }
  };
