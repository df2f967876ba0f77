import type { Expiry } from '@/lib/store/store';
import { log } from '@/lib/telemetry/log';
import { metrics } from '@/lib/telemetry/metrics';
import type { Environment } from './environment';
import { type Services, services } from './services';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
/** So many experiments are deleted at once: with a thousand runs each, SQLite, and all else with it, takes 80 ms for them. */
const batch = 2;
/** How long others are served between two batches, in milliseconds. */
const pauseMs = 10;

type Keeping = Pick<Services, 'store' | 'environment'>;

/**
 * Deletes what is older than it may be, a few experiments at a time. Of all processes that share a store one does so in an hour, and
 * not beyond it: who has slept meanwhile leaves the rest to another.
 */
export async function purgeExpired({ store, environment }: Keeping = services()): Promise<void> {
  const now = Date.now();
  const hour = Math.floor(now / hourMs);
  const until = (hour + 1) * hourMs;
  try {
    const turn = { counter: 'retention', entry: `hour ${hour}`, amount: 1, limit: 1, until };
    if (await store.spend([turn], now)) return;
    let deleted = 0;
    for (let last = batch; last === batch && Date.now() < until; ) {
      last = await store.purge(expiryAt(now, environment), Date.now(), batch);
      deleted += last;
      metrics().purged(last);
      if (last === batch) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    const ms = Date.now() - now;
    log()[deleted > 0 ? 'info' : 'debug'](
      { deleted, ms },
      `Experiments older than they may be were deleted: ${deleted}.`,
    );
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    log().error({ error }, `Expired experiments could not be deleted. ${why}`);
  }
}

function expiryAt(now: number, { RETENTION_DAYS, RETENTION_SHARED_DAYS }: Environment): Expiry {
  const before = (days: number) => (days === 0 ? null : now - days * dayMs);
  return { unshared: before(RETENTION_DAYS), shared: before(RETENTION_SHARED_DAYS) };
}

/** When an experiment will be deleted, as an ISO time; null if it is kept. */
export function deletedAfter({ createdAt, sharedAt }: { createdAt: number; sharedAt: number | null }): string | null {
  const { RETENTION_DAYS, RETENTION_SHARED_DAYS } = services().environment;
  const [from, days] = sharedAt === null ? [createdAt, RETENTION_DAYS] : [sharedAt, RETENTION_SHARED_DAYS];
  return days === 0 ? null : new Date(from + days * dayMs).toISOString();
}
