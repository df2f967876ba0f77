import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { addressHeader } from './address';

/** Counts a request. Resolves to how many seconds its sender must wait; 0 if it need not. */
export type RateLimit = (request: Request) => Promise<number>;

/**
 * At most `perMinute` requests a minute from one address. Requests without one are not counted: the playground's own, which
 * do not come over the network, and those of `npm run dev`.
 */
export function limitByAddress(perMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (request) => {
    const address = request.headers.get(addressHeader);
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
