import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { Kysely, SqliteAdapter, type SqliteDatabase, SqliteDialect } from 'kysely';
import { nextTurn } from './documents';
import { makeFolder } from './folder';
import { migrate } from './migrations';
import { type Engine, sqlStore } from './queries';
import { type Store, StoreError } from './store';
import type { Database } from './tables';

/** How long a statement waits for a program that reads the file, such as a backup. Waiting blocks the whole process. */
const busyMs = 250;
/** How many prepared statements are cached. */
const maxStatements = 200;

/**
 * Opens the embedded database of a folder, creating the folder if needed. Only one process may hold it. Throws
 * StoreError. `holder` names the process in the leases that it takes; `prepare` may change settings of the connection, for
 * tests.
 */
export async function openSqlite(
  folder: string,
  { holder = randomUUID(), prepare = () => {} }: Partial<OpenOptions> = {},
): Promise<Store> {
  const opened: DatabaseSync[] = [];
  const open = (path: string, timeout: number): DatabaseSync => {
    const database = new DatabaseSync(path, { timeout });
    opened.push(database);
    return database;
  };
  try {
    makeFolder(folder);
    const lockPath = join(folder, 'seedbed.lock');
    const lock = open(lockPath, 0);
    takeLock(lock, open(lockPath, 0));
    const path = join(folder, 'seedbed.sqlite');
    const database = open(path, busyMs);
    keepPrivate(path);
    configure(database);
    prepare(database);
    const assertInPlace = watch([path, lockPath]);
    const dialect = new Dialect({ database: asKysely(database, lock, assertInPlace) });
    const db = new Kysely<Database>({ dialect });
    await migrate(db, 'sqlite');
    await freeLeases(db);
    // No other process shares it.
    return {
      ...sqlStore(db, { name: 'sqlite', holder, toStoreError, inTurn: oneAfterAnother() }),
      tell: async () => {},
      hear: () => {},
    };
  } catch (error) {
    for (const database of opened.reverse()) if (database.isOpen) database.close();
    throw error instanceof StoreError
      ? error
      : toStoreError(primaryCode(error) === sqlite.cannotOpen ? reason(folder, error) : error);
  }
}

/** Once transactions have held the process up for this long, in milliseconds, it does whatever else has come in. */
const heldMs = 8;

/** Has transactions follow one another: a writer waits for the disk within the process, and all that are asked for at once would do so in one turn of it. */
function oneAfterAnother(): Engine['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  let held = 0;
  return (transaction) => {
    const done = last.then(async () => {
      const began = performance.now();
      try {
        return await transaction();
      } finally {
        held += performance.now() - began;
      }
    });
    const rest = async () => {
      if (held < heldMs) return;
      held = 0;
      await nextTurn();
    };
    last = done.then(rest, rest);
    return done;
  };
}

type OpenOptions = { holder: string; prepare: (database: DatabaseSync) => void };

/** Lets nobody but this user read the file: it holds prompts, and the key that cookies are signed with. The log has its mode. */
function keepPrivate(path: string): void {
  try {
    chmodSync(path, 0o600);
  } catch {
    // A folder of another system may know no modes, and one that only reads is reported when it is written to.
  }
}

/** Frees all leases: the process that held them is dead, since this one has the lock. */
async function freeLeases(db: Kysely<Database>): Promise<void> {
  const update = db.updateTable('experiments').set({ lease_until: 0 }).where('lease_until', '>', 0);
  // Leases expire by themselves, so a disk that is too full for this write need not keep readers out.
  await update.execute().catch(() => undefined);
}

/**
 * Takes a lock of the operating system, which a process loses when it dies, however it dies. SQLite takes no lock on a
 * file that it may only read, so a second attempt must fail as proof that there is one.
 */
function takeLock(lock: DatabaseSync, second: DatabaseSync): void {
  if (!tryLock(lock)) throw new StoreError('locked', inUse);
  if (tryLock(second)) throw new StoreError('read_only', cannotWrite);
  second.close();
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (primaryCode(error) === sqlite.busy) return false;
    throw error;
  }
}

const inUse =
  'Another Seedbed process uses this data folder. Stop it, or give this one its own DATA_DIR, or set DATABASE_URL.';

function configure(database: DatabaseSync): void {
  database.enableDefensive(true);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA journal_size_limit = ${64 * 2 ** 20};
    PRAGMA trusted_schema = OFF;
    PRAGMA secure_delete = ON;
  `);
  // SQLite ignores a setting that it cannot apply, and durability depends on these.
  for (const [setting, wanted] of Object.entries({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 })) {
    const value = database.prepare(`PRAGMA ${setting}`).get()?.[setting];
    if (value !== wanted) throw new Error(`PRAGMA ${setting} is ${value}, not ${wanted}.`);
  }
}

/** Remembers which files are at these paths. The function that it returns throws if they are gone or replaced. */
function watch(paths: readonly string[]): () => void {
  const identify = (path: string): string => {
    const file = statSync(path, { bigint: true, throwIfNoEntry: false });
    return `${file?.dev}:${file?.ino}`;
  };
  const files = paths.map((path) => ({ path, identity: identify(path) }));
  return () => {
    if (files.some(({ path, identity }) => identify(path) !== identity)) throw new StoreError('moved', moved);
  };
}

const moved = 'The database file was moved, replaced or deleted while it was in use.';

/** SQLite can roll back changes of tables. Without this, a process that dies while making them would leave half of them. */
class Dialect extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter();
  }
}

class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/**
 * node:sqlite in the shape that Kysely expects. After every statement `assertInPlace` is called, since a write to a
 * deleted file succeeds and would otherwise go unnoticed.
 */
function asKysely(database: DatabaseSync, lock: DatabaseSync, assertInPlace: () => void): SqliteDatabase {
  const statements = new Map<string, StatementSync>();

  const prepare = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    statements.delete(sql);
    statements.set(sql, statement);
    const [oldest] = statements.keys();
    if (statements.size > maxStatements && oldest !== undefined) statements.delete(oldest);
    return statement;
  };

  const inPlace = <T>(execute: () => T): T => {
    try {
      return execute();
    } finally {
      assertInPlace();
    }
  };

  return {
    prepare(sql) {
      // A failed write may have ended the transaction already; rolling back would then hide why it failed.
      if (sql === 'rollback' && !database.isTransaction) return nothing;
      const statement = prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => inPlace(() => statement.all(...bound(parameters))),
        run: (parameters) => inPlace(() => statement.run(...bound(parameters))),
        iterate: (parameters) => statement.iterate(...bound(parameters)),
      };
    },
    close() {
      try {
        // Closing does this too, but not if the file was moved: what the log still holds belongs to that file, and must
        // not be mistaken for part of the file that took its place.
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch {
        // Then the log stays, and is read when the file is next opened.
      }
      database.close();
      lock.close();
    },
  };
}

/** The result of a statement that need not run. */
const nothing = {
  reader: true,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

/** The parameters of queries.ts are strings, numbers and nulls, which Kysely passes on unchanged. */
const bound = (parameters: readonly unknown[]): SQLInputValue[] => parameters as SQLInputValue[];

const sqlite = {
  busy: 5,
  locked: 6,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** Why nothing can be opened in a folder: the file system says, SQLite does not. */
function reason(folder: string, unexplained: unknown): unknown {
  try {
    rmdirSync(mkdtempSync(join(folder, 'probe-')));
    return unexplained;
  } catch (error) {
    return error;
  }
}

/** SQLite's result code, without the details in its upper bits. */
const primaryCode = (error: unknown): number | undefined =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;

const cannotWrite = 'The data folder cannot be written to.';
const problems: Record<number | string, [StoreError['code'], string]> = {
  [sqlite.busy]: ['locked', 'Another program is using the database.'],
  [sqlite.locked]: ['locked', 'Another program is using the database.'],
  [sqlite.readOnly]: ['read_only', cannotWrite],
  [sqlite.ioError]: ['failed', 'The disk of this server cannot be read or written.'],
  [sqlite.corrupt]: ['corrupt', 'The database file is damaged.'],
  [sqlite.full]: ['full', 'The disk of this server is full.'],
  [sqlite.cannotOpen]: ['failed', 'The database file cannot be opened.'],
  [sqlite.notADatabase]: ['corrupt', 'The database file is damaged.'],
  ENOSPC: ['full', 'The disk of this server is full.'],
  EROFS: ['read_only', cannotWrite],
  EACCES: ['read_only', cannotWrite],
  EPERM: ['read_only', cannotWrite],
  EEXIST: ['failed', 'The data folder cannot be made: there is a file in its place.'],
  ENOTDIR: ['failed', 'The data folder cannot be made: there is a file in its place.'],
};

function toStoreError(error: unknown): StoreError {
  const systemCode = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [code, message] = problems[primaryCode(error) ?? systemCode] ?? ['failed', 'The database failed.'];
  return new StoreError(code, message, error);
}
