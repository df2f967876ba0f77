import { Server } from 'node:http';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts a request; answers how many seconds its sender must wait, 0 for none. */
export type RateLimit = (request: Request) => Promise<number>;

/** Set by us on every request that comes over the network, whatever the sender put there. */
const addressHeader = 'x-seedbed-address';

/**
 * At most `perMinute` requests a minute from one address. Requests that did not come over the network (the playground's
 * own) are not counted.
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

/**
 * Lets handlers see who sent a request. Next passes on X-Forwarded-For as the sender wrote it (field/reliability.md
 * 0.10), so the socket's own address is put into a header before Next sees the request.
 */
export function noteAddresses(): void {
  const emit = Server.prototype.emit;
  Server.prototype.emit = function (event: string, ...args: unknown[]): boolean {
    if (event === 'request') {
      const [request] = args as [{ headers: Record<string, string>; socket: { remoteAddress?: string } }];
      request.headers[addressHeader] = request.socket.remoteAddress ?? 'unknown';
    }
    return Reflect.apply(emit, this, [event, ...args]);
  };
}
