import type { Numbered } from '@/lib/api/event-stream';
import type { Problem } from '@/lib/http/problem';
import { metrics } from '@/lib/telemetry/metrics';
import { addressOf } from './address';
import { services } from './services';
import { signedOwner } from './visitor';

/** Who reads a stream: a visitor, and whoever is at their address. */
export type Readers = readonly { name: string; limit: number }[];

/** By whom a request's stream is counted, or why there are too many of them already. */
export async function readersOf(request: Request): Promise<{ readers: Readers; refusal: Problem | null }> {
  const { quotas, streams } = services();
  const visitor = await signedOwner(request.headers.get('cookie'));
  const address = addressOf(request);
  const readers = [
    ...(visitor === null ? [] : [{ name: visitor, limit: quotas.visitor.eventStreams }]),
    ...(address === null ? [] : [{ name: address, limit: quotas.address.eventStreams }]),
  ];
  const full = readers.find(({ name, limit }) => (streams.get(name) ?? 0) >= limit);
  if (full) metrics().limitHit('event-streams');
  return { readers, refusal: full ? tooMany(full.limit) : null };
}

/** By which all streams are counted together. */
const everybody = '';

/** How many streams are being read. */
export const openStreams = (): number => services().streams.get(everybody) ?? 0;

/** Batches of events, counted as a stream of their readers' from the first until the last, or until it is ended. */
export async function* countStream(
  readers: Readers,
  batches: AsyncGenerator<Numbered[]>,
): AsyncGenerator<Numbered[], void, undefined> {
  const { streams } = services();
  const add = (change: 1 | -1) => {
    for (const { name } of [...readers, { name: everybody }]) {
      const open = (streams.get(name) ?? 0) + change;
      if (open > 0) streams.set(name, open);
      else streams.delete(name);
    }
  };
  add(1);
  try {
    yield* batches;
  } finally {
    add(-1);
  }
}

const tooMany = (limit: number): Problem => ({
  status: 429,
  code: 'too_many_streams',
  message: `${limit} streams of yours are open, which is all that there may be. Close some of the pages, or try again in a moment.`,
  retryAfter: 5,
});
