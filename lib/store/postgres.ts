import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { migrate } from './migrations';
import { channel, listen, type Notice, type Told } from './notices';
import { sqlStore } from './queries';
import { type Store, StoreError } from './store';
import type { Database } from './tables';

const maxConnections = 10;
const connectMs = 3000;
const idleMs = 5000;
const lockMs = 2000;
const statementMs = 5000;
/** Changing tables may take long, and so may waiting for another process that is changing them. */
const migrationMs = 300_000;
/** A server silent for this much longer than a statement may take is lost. */
const silenceMs = 3000;

/**
 * Opens a PostgreSQL database, which any number of processes may share; `holder` names this one in the leases that it takes.
 * Throws StoreError.
 */
export async function openPostgres(url: string, holder: string = randomUUID()): Promise<Store> {
  try {
    const migrating = connect(url, { connections: 1, statementMs: migrationMs, lockMs: migrationMs });
    await migrate(migrating, 'postgres').finally(() => migrating.destroy());
    const db = connect(url, { connections: maxConnections, statementMs, lockMs });
    const listeners = new Set<(notice: Notice) => void>();
    const stopListening = await listen(url, holder, (notice) => {
      for (const listener of listeners) listener(notice);
    });
    const store = sqlStore(db, { name: 'postgres', holder, toStoreError, inTurn: (transaction) => transaction() });
    return {
      ...store,
      tell: async (notice) => {
        const told = JSON.stringify({ from: holder, notice } satisfies Told);
        await sql`select pg_notify(${channel}, ${told})`.execute(db).catch((error) => {
          throw toStoreError(error);
        });
      },
      hear: (listener) => void listeners.add(listener),
      close: async () => {
        await stopListening();
        await store.close();
      },
    };
  } catch (error) {
    throw error instanceof StoreError ? error : toStoreError(error);
  }
}

type Limits = { connections: number; statementMs: number; lockMs: number };

function connect(url: string, { connections, statementMs, lockMs }: Limits): Kysely<Database> {
  const pool = new Pool({
    connectionString: url,
    application_name: 'seedbed',
    max: connections,
    connectionTimeoutMillis: connectMs,
    idleTimeoutMillis: idleMs,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: 10_000,
    options: '-c synchronous_commit=on',
    stream: () => socketWithTimeout(statementMs + silenceMs),
    types: { getTypeParser },
  });
  // A lost connection is noticed when it is next used. Without listeners, its error would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

/** A socket that is destroyed after this much silence: a server may vanish without closing its connections. */
function socketWithTimeout(silenceMs: number): Socket {
  const socket = new Socket();
  return socket.setTimeout(silenceMs, () => socket.destroy(new Error('Connection terminated: the server is silent')));
}

const bigint = 20;

/** Reads bigint as a number: ours are times and counts, far below 2^53. */
const getTypeParser: typeof types.getTypeParser = (oid: number, format?: 'text' | 'binary') =>
  oid === bigint ? Number : types.getTypeParser(oid, format);

const unreachable: [StoreError['code'], string] = ['unreachable', 'The database server cannot be reached.'];
const refused: [StoreError['code'], string] = ['failed', 'The database server refuses what DATABASE_URL says.'];

/** What an error's code means: a SQLSTATE of PostgreSQL, or a code of the operating system. */
const problems: [RegExp, [StoreError['code'], string]][] = [
  [/^(08|57P0|533|E(CONN|TIMEDOUT|HOST|NET|PIPE|NOTFOUND|AI_AGAIN|NOENT))/, unreachable],
  [/^57014/, ['unreachable', 'The database server takes too long.']],
  [/^(55P03|40)/, ['locked', 'Another process is changing the same experiment.']],
  [/^53100/, ['full', 'The disk of the database server is full.']],
  [/^25006/, ['read_only', 'The database server only reads at the moment.']],
  [/^(28|3D)/, refused],
];

/** Messages that the driver sends without a code when a connection is lost. */
const lost = /^(Connection terminated|timeout exceeded|Query read timeout|Client has encountered a connection error)/;

function toStoreError(error: unknown): StoreError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const noted = error instanceof Error && lost.test(error.message) ? unreachable : undefined;
  const [, found] = problems.find(([form]) => form.test(code)) ?? [];
  return new StoreError(...(found ?? noted ?? ['failed', 'The database failed.']), error);
}
