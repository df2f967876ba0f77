import { type Problem, problemResponse } from '@/lib/http/problem';
import { isStoreError } from '@/lib/store/store';
import type { StoreWatch } from '@/lib/store/watched';
import { metrics } from '@/lib/telemetry/metrics';
import { beginStoreSpan } from '@/lib/telemetry/spans';
import { addressOf, networkOf } from './address';
import { isSameSecret } from './door';
import type { RateLimit } from './rate-limit';
import { services } from './services';
import { openStreams } from './streams';

/** GET /api/metrics: how this process is doing, for Prometheus. */
export async function getMetrics(request: Request): Promise<Response> {
  if (!mayRead(request)) return problemResponse(closed, { 'www-authenticate': 'Bearer' });
  const { hub, aside } = services();
  const { type, text } = await metrics().read({
    runs: hub.underWay(),
    eventStreams: openStreams(),
    workers: aside.load,
  });
  return new Response(text, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
}

/**
 * Who has the operator's token; and this very machine, where nobody else comes. With a proxy on the same machine all visitors come
 * from it: then only the token counts.
 */
function mayRead(request: Request): boolean {
  const { METRICS_TOKEN, PUBLIC_URL, TRUSTED_PROXIES } = services().environment;
  const [, given] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (METRICS_TOKEN !== undefined && given !== undefined && isSameSecret(given, METRICS_TOKEN)) return true;
  if (PUBLIC_URL !== undefined || TRUSTED_PROXIES > 0 || request.headers.has('forwarded')) return false;
  // Next adds the socket's address, if there is nothing.
  const forwarded = request.headers.get('x-forwarded-for')?.split(/, */).map(networkOf) ?? [];
  return [addressOf(request), ...forwarded].every(isThisMachine);
}

/** As `networkOf` writes 127.0.0.1 and ::1. */
const isThisMachine = (address: string | null): boolean => /^(127\.[\d.]+|0:0:0:0::\/64)$/.test(address ?? '');

const closed: Problem = {
  status: 401,
  code: 'token_needed',
  message: 'Metrics are for this machine itself, or for whoever has METRICS_TOKEN as a Bearer token.',
};

/** Counts and times what is asked of the store. */
export const watchStore: StoreWatch = (operation) => {
  const began = performance.now();
  const endSpan = beginStoreSpan(operation);
  return (error) => {
    metrics().storeUsed(operation, performance.now() - began, error === null ? null : codeOf(error));
    endSpan(error !== null);
  };
};

const codeOf = (error: unknown): string => (isStoreError(error) ? error.code : 'failed');

/** A limit that is counted when it is hit. */
export const watchRateLimit =
  (limit: RateLimit): RateLimit =>
  async (request) => {
    const waitSeconds = await limit(request);
    if (waitSeconds > 0) metrics().limitHit('v1 requests minute');
    return waitSeconds;
  };
