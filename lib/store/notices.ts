import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';

/** What processes that share a database tell each other. */
const Notice = z.discriminatedUnion('kind', [
  /** an experiment was named, shared, or is being run again */
  z.object({ kind: z.literal('changed'), id: z.string() }),
  z.object({ kind: z.literal('removed'), id: z.string() }),
  /** runs of it have been saved, or it is over */
  z.object({ kind: z.literal('ran'), id: z.string() }),
  /** whoever runs it is to stop these of its runs, or all */
  z.object({ kind: z.literal('stop'), id: z.string(), runs: z.array(z.number()).optional() }),
]);
export type Notice = z.infer<typeof Notice>;

/** The channel of PostgreSQL on which they do, each with a name of its own so that none hears itself. */
export const channel = 'seedbed';
const Told = z.object({ from: z.string(), notice: Notice });
export type Told = z.infer<typeof Told>;

const againMs = 500;
const connectMs = 3000;

/**
 * Listens on a connection of its own, which is made anew whenever it is lost; what is told meanwhile is missed, and found out by asking
 * the store, as always. Resolves to what ends it, once it listens or has failed to.
 */
export async function listen(url: string, me: string, hear: (notice: Notice) => void): Promise<() => Promise<void>> {
  const ended = new AbortController();
  let client: Client | undefined;

  async function connect(): Promise<void> {
    const settings = { application_name: 'seedbed', keepAlive: true, connectionTimeoutMillis: connectMs };
    const mine = new Client({ connectionString: url, ...settings });
    client = mine;
    mine.on('notification', ({ payload = '' }) => {
      const told = read(payload);
      if (told && told.from !== me) hear(told.notice);
    });
    const lost = Promise.withResolvers<void>();
    mine.on('error', () => lost.resolve());
    mine.on('end', () => lost.resolve());
    void lost.promise.then(again);
    await mine
      .connect()
      .then(() => mine.query(`listen ${channel}`))
      .catch(() => lost.resolve());
  }

  async function again(): Promise<void> {
    void client?.end().catch(() => undefined);
    await wait(againMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
    if (!ended.signal.aborted) await connect();
  }

  await connect();
  return async () => {
    ended.abort();
    // A server that has fallen silent does not end it.
    await Promise.race([client?.end().catch(() => undefined), wait(againMs)]);
  };
}

function read(payload: string): Told | null {
  try {
    return Told.parse(JSON.parse(payload));
  } catch {
    return null; // of another version
  }
}
