import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constants, DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { reopening } from './open';
import { openSqlite } from './sqlite';
import { type NewExperiment, type Store, StoreError } from './store';
import { describeStore, isStoreError } from './store.contract';
import { buildWriter, type Writers } from './writer-process.fixture';

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'seedbed-sqlite-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(root, 'data-'));
const fileOf = (folder: string): string => join(folder, 'seedbed.sqlite');

describeStore('SQLite', async () => {
  const folder = newFolder();
  return { store: await openSqlite(folder), execute: async (sql) => look(folder, (database) => database.exec(sql)) };
});

/** Does something to the file of a folder as another program would. */
function look<T>(folder: string, at: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(fileOf(folder));
  try {
    return at(database);
  } finally {
    database.close();
  }
}

const isSound = (folder: string): boolean =>
  look(folder, (database) => database.prepare('PRAGMA integrity_check').get()?.integrity_check === 'ok');

const experiment = (id: string): NewExperiment => ({
  ...{ id, owner: 'anna', recipe: aRecipe(), recipeHash: 'hash', createdAt: 1, parent: null, origin: 'run' },
  leaseUntil: 0,
});

/** The runs of one experiment that the store takes until it fails; and the error. */
async function saveUntilFailure(store: Store, id: string): Promise<{ saved: number[]; error: unknown }> {
  const saved: number[] = [];
  try {
    for (let run = 1; run <= 10_000; run += 1) {
      await store.saveRun(id, ended(run, `text ${run}`.repeat(100)));
      saved.push(run);
    }
    return { saved, error: undefined };
  } catch (error) {
    return { saved, error };
  }
}

const runsOf = async (store: Store, id: string) => (await store.find(id))?.runs.map(({ run }) => run);

describe('an SQLite store', () => {
  it('is configured to be durable, whatever SQLite was built with', async () => {
    const settings: Record<string, unknown> = {};
    const wanted = {
      journal_mode: 'wal',
      synchronous: 2,
      foreign_keys: 1,
      journal_size_limit: 67108864,
      trusted_schema: 0,
      secure_delete: 1,
    };
    const store = await openSqlite(newFolder(), {
      prepare: (database) => {
        for (const name of Object.keys(wanted)) settings[name] = database.prepare(`PRAGMA ${name}`).get()?.[name];
      },
    });
    await store.close();
    expect(settings).toEqual(wanted);
  });

  it('lets the process have its turn while many transactions are asked for at once', async () => {
    const store = await openSqlite(newFolder());
    let over = false;
    const all = Promise.all(
      Array.from({ length: 300 }, (_, at) =>
        store.create(experiment(`experiment ${at}`), [ended(1, 'text'.repeat(500))]),
      ),
    ).then(() => {
      over = true;
    });
    let turns = 0;
    for (; !over; turns++) await new Promise((resolve) => setImmediate(resolve));
    await all;
    expect(turns).toBeGreaterThan(2);
    expect(await runsOf(store, 'experiment 299')).toEqual([1]);
    await store.close();
  });

  it('creates its folder, and has the same experiments when it is opened again', async () => {
    const folder = join(newFolder(), 'a', 'b');
    const store = await openSqlite(folder);
    await store.create(experiment('kept'), [ended(1, 'text')]);
    await store.close();
    const again = await openSqlite(folder);
    expect(await runsOf(again, 'kept')).toEqual([1]);
    await again.close();
  });

  it('keeps its secrets when it is opened again, in a file that nobody else may read', async () => {
    const folder = newFolder();
    const store = await openSqlite(folder);
    const secret = await store.secret('cookies');
    const files = readdirSync(folder).filter((name) => name.startsWith('seedbed.sqlite'));
    expect(files.map((name) => statSync(join(folder, name)).mode & 0o077)).toEqual(files.map(() => 0));
    await store.close();
    const again = await openSqlite(folder);
    expect(await again.secret('cookies')).toBe(secret);
    await again.close();
  });

  it('frees the leases of the previous process, which is dead', async () => {
    const folder = newFolder();
    const store = await openSqlite(folder);
    await store.create({ ...experiment('held'), leaseUntil: Number.MAX_SAFE_INTEGER });
    await store.close();
    const again = await openSqlite(folder);
    expect(await again.find('held')).toMatchObject({ leaseUntil: 0 });
    await again.close();
  });

  it('enforces the type of every column', async () => {
    const folder = newFolder();
    const store = await openSqlite(folder);
    await store.create(experiment('x'));
    const wrong = [`update experiments set created_at = 'today'`, `insert into runs values ('x', 'one', '{}')`];
    for (const sql of wrong) expect(() => look(folder, (database) => database.exec(sql))).toThrow(/cannot store TEXT/);
    await store.close();
  });

  it('handles more different statements than it caches', async () => {
    const store = await openSqlite(newFolder());
    await store.create(experiment('x'));
    const ids = Array.from({ length: 250 }, () => 'x');
    for (let count = 1; count <= ids.length; count += 1) await store.renew(ids.slice(0, count), count);
    expect(await store.find('x')).toMatchObject({ leaseUntil: 250 });
    await store.close();
  });

  it('creates all of its tables or none', async () => {
    const folder = newFolder();
    const withoutPreviews = openSqlite(folder, {
      prepare: (database) =>
        database.setAuthorizer((action, name) =>
          action === constants.SQLITE_CREATE_TABLE && name === 'previews' ? constants.SQLITE_DENY : constants.SQLITE_OK,
        ),
    });
    await expect(withoutPreviews).rejects.toSatisfy(isStoreError('failed'));
    const store = await openSqlite(folder);
    await store.check();
    await store.close();
  });

  it('leaves alone a database that a newer version has changed', async () => {
    const folder = newFolder();
    await (await openSqlite(folder)).close();
    look(folder, (database) => database.exec(`insert into seedbed_migrations values ('9999', '2099-01-01')`));
    await expect(openSqlite(folder)).rejects.toMatchObject({
      code: 'failed',
      message: 'A newer version of Seedbed has changed this database.',
    });
  });
});

describe('a database of an earlier version', () => {
  const fixtures = join(import.meta.dirname, '__fixtures__');
  const versions = readdirSync(fixtures).filter((name) => name.endsWith('.sqlite.sql'));

  it.each(versions)('in %s stays readable for ever', async (name) => {
    const folder = newFolder();
    look(folder, (database) => database.exec(readFileSync(join(fixtures, name), 'utf8')));
    const store = await openSqlite(folder);
    const wanted = JSON.parse(readFileSync(join(fixtures, name.replace('.sqlite.sql', '.json')), 'utf8'));
    const { experiments } = await store.list({ owner: 'anna', search: '', after: null, limit: 100 });
    expect(await Promise.all(experiments.map(({ id }) => store.find(id)))).toEqual(wanted);
    const found = await store.list({ owner: 'anna', search: 'haiku', after: null, limit: 100 });
    expect(found.experiments).toHaveLength(1);
    expect(await store.findPreview(experiments[0]?.id ?? '')).toEqual(Uint8Array.of(137, 80, 78, 71));
    const id = experiments[0]?.id ?? '';
    const saving = async () => store.saveRun(id, ended(3, 'a new run'));
    expect([await saving(), await store.claim(id, Number.MAX_SAFE_INTEGER, 0), await saving()]).toEqual([
      ...[false, true, true],
    ]);
    await store.check();
    await store.close();
    expect(isSound(folder)).toBe(true);
  });

  it('exists for every migration', () => {
    expect(versions).toContain('v1.sqlite.sql');
  });
});

describe('an SQLite store on a faulty disk', () => {
  it('goes on reading when it is full, and writing when there is room again', async () => {
    const folder = newFolder();
    let limit = (_pages: number): void => undefined;
    const store = await openSqlite(folder, {
      prepare: (database) => {
        limit = (pages) => database.exec(`PRAGMA max_page_count = ${pages}`);
      },
    });
    await store.create(experiment('full'));
    limit(100);
    const { saved, error } = await saveUntilFailure(store, 'full');
    expect(error).toMatchObject({ code: 'full', message: 'The disk of this server is full.' });
    await expect(store.create(experiment('more'), [ended(1, 'x'.repeat(100_000))])).rejects.toMatchObject({
      code: 'full',
    });
    expect(saved.length).toBeGreaterThan(10);
    expect(await runsOf(store, 'full')).toEqual(saved);
    expect(await store.find('more')).toBeNull();
    limit(100_000);
    await store.check();
    expect(await store.saveRun('full', ended(saved.length + 1, 'text'))).toBe(true);
    expect(await runsOf(store, 'full')).toEqual([...saved, saved.length + 1]);
    await store.close();
    expect(isSound(folder)).toBe(true);
  });

  it('reports a read-only folder, and opens once it may write', async () => {
    const parent = newFolder();
    const folder = join(parent, 'data');
    mkdirSync(folder);
    chmodSync(root, 0o755);
    chmodSync(parent, 0o755);
    chmodSync(folder, 0o555);
    const store = reopening('sqlite', () => openSqlite(folder));
    const below = reopening('sqlite', () => openSqlite(join(folder, 'below')));
    const [error, errorBelow] = await asNobody(() => Promise.all([failureOf(store.check()), failureOf(below.check())]));
    expect([error, errorBelow].map((each) => each instanceof StoreError && each.code)).toEqual([
      'read_only',
      'read_only',
    ]);
    chmodSync(folder, 0o777);
    await store.check();
    await below.check();
    await store.close();
    await below.close();
  });

  it('refuses a lock file that it may only read', async () => {
    const folder = newFolder();
    await (await openSqlite(folder)).close();
    chmodSync(root, 0o755);
    chmodSync(folder, 0o777);
    chmodSync(fileOf(folder), 0o666);
    chmodSync(join(folder, 'seedbed.lock'), 0o444);
    expect(await asNobody(() => failureOf(openSqlite(folder)))).toSatisfy(isStoreError('read_only'));
  });

  it('reports a file where the folder should be', async () => {
    const parent = newFolder();
    const inTheWay = join(parent, 'file');
    writeFileSync(inTheWay, '');
    for (const folder of [inTheWay, join(inTheWay, 'data')]) {
      const store = reopening('sqlite', () => openSqlite(folder));
      const error = await failureOf(store.check());
      expect(error).toSatisfy(isStoreError('failed'));
      expect(String(error)).not.toContain(parent);
    }
    const store = reopening('sqlite', () => openSqlite(inTheWay));
    await failureOf(store.check());
    rmSync(inTheWay);
    await store.check();
    await store.close();
  });

  it('reports garbage instead of a database, leaves it alone, and works once it is gone', async () => {
    const folder = newFolder();
    const garbage = 'This is no database. '.repeat(1000);
    writeFileSync(fileOf(folder), garbage);
    const store = reopening('sqlite', () => openSqlite(folder));
    for (let time = 0; time < 2; time += 1) await expect(store.check()).rejects.toSatisfy(isStoreError('corrupt'));
    expect(readFileSync(fileOf(folder), 'utf8')).toBe(garbage);
    rmSync(fileOf(folder));
    await store.create(experiment('new'));
    expect(await store.find('new')).not.toBeNull();
    await store.close();
  });

  it('reports damaged pages, and works once a sound file is back', async () => {
    const folder = newFolder();
    const backup = join(newFolder(), 'backup');
    const before = await openSqlite(folder);
    await before.create(experiment('damaged'));
    for (let run = 1; run <= 50; run += 1) await before.saveRun('damaged', ended(run, 'text '.repeat(500)));
    await before.close();
    copyFileSync(fileOf(folder), backup);
    const file = openSync(fileOf(folder), 'r+');
    for (let at = 4096 * 14; at < statSync(backup).size; at += 4096)
      writeSync(file, Buffer.alloc(4096, 'x'), 0, 4096, at);

    const store = reopening('sqlite', () => openSqlite(folder));
    await expect(store.find('damaged')).rejects.toMatchObject({
      code: 'corrupt',
      message: 'The database file is damaged.',
    });
    renameSync(backup, fileOf(folder));
    await expect(store.find('damaged')).resolves.toMatchObject({ runs: { length: 50 } });
    await store.close();
    expect(isSound(folder)).toBe(true);
  });
});

describe('a database file that disappears while in use', () => {
  const ways: [string, (folder: string) => void][] = [
    ['deleted', (folder) => rmSync(fileOf(folder))],
    ['deleted with all that belongs to it', (folder) => readdirSync(folder).map((name) => rmSync(join(folder, name)))],
    ['deleted with its folder', (folder) => rmSync(folder, { recursive: true })],
    ['moved', (folder) => renameSync(fileOf(folder), join(folder, 'elsewhere'))],
    [
      'replaced by an empty one',
      (folder) => {
        rmSync(fileOf(folder));
        writeFileSync(fileOf(folder), '');
      },
    ],
    ['robbed of its lock', (folder) => rmSync(join(folder, 'seedbed.lock'))],
  ];

  it.each(ways)('is missed before a write counts, and created again for the next: %s', async (_, away) => {
    const folder = newFolder();
    const store = reopening('sqlite', () => openSqlite(folder));
    await store.create(experiment('before'));
    away(folder);
    await expect(store.saveRun('before', ended(1, 'text'))).rejects.toMatchObject({ code: 'moved' });
    await store.create(experiment('after'));
    await store.check();
    await store.close();
    const again = await openSqlite(folder);
    expect(await again.find('after')).not.toBeNull();
    await again.close();
    expect(isSound(folder)).toBe(true);
  });

  it('is missed by a check of the store', async () => {
    const folder = newFolder();
    const store = await openSqlite(folder);
    await store.check();
    rmSync(fileOf(folder));
    await expect(store.check()).rejects.toSatisfy(isStoreError('moved'));
    await store.close();
  });

  it('keeps all its data, and damages nothing in a backup that takes its place', async () => {
    const folder = newFolder();
    const other = newFolder();
    const backup = await openSqlite(other);
    await backup.create(experiment('of the backup'), [ended(1, 'text')]);
    await backup.close();

    const store = reopening('sqlite', () => openSqlite(folder));
    await store.create(experiment('of before'));
    const saved = Array.from({ length: 200 }, (_, index) => index + 1);
    for (const run of saved) await store.saveRun('of before', ended(run, 'text '.repeat(50)));
    const elsewhere = newFolder();
    renameSync(fileOf(folder), fileOf(elsewhere));
    renameSync(fileOf(other), fileOf(folder));
    await expect(store.check()).rejects.toMatchObject({ code: 'moved' });

    expect(await runsOf(store, 'of the backup')).toEqual([1]);
    expect(await store.find('of before')).toBeNull();
    await store.close();
    expect(isSound(folder)).toBe(true);
    const before = await openSqlite(elsewhere);
    expect(await runsOf(before, 'of before')).toEqual(saved);
    await before.close();
    expect(isSound(elsewhere)).toBe(true);
  });
});

describe('two stores in one folder', () => {
  const inUse =
    'Another Seedbed process uses this data folder. Stop it, or give this one its own DATA_DIR, or set DATABASE_URL.';
  let writers: Writers;
  beforeAll(async () => {
    writers = await buildWriter();
  });
  afterAll(() => writers.remove());

  it('are refused in one process, whatever path they are opened by', async () => {
    const folder = newFolder();
    const link = join(root, 'link');
    symlinkSync(folder, link);
    const store = await openSqlite(folder);
    await expect(openSqlite(folder)).rejects.toMatchObject({ code: 'locked', message: inUse });
    await expect(openSqlite(link)).rejects.toMatchObject({ code: 'locked' });
    await store.check();
    await store.close();
    await (await openSqlite(link)).close();
  });

  it('are refused in two processes; the second one opens when the first is dead, however it died', async () => {
    const folder = newFolder();
    const first = writers.start(folder, 'first');
    expect(await first.opened()).toBe('open');
    const second = reopening('sqlite', () => openSqlite(folder));
    await expect(second.check()).rejects.toMatchObject({ code: 'locked', message: inUse });
    const acknowledged = await first.kill();

    await second.check();
    for (const [id, runs] of Map.groupBy(acknowledged, ({ id }) => id))
      expect(await runsOf(second, id)).toEqual(expect.arrayContaining(runs.map(({ run }) => run)));
    const third = writers.start(folder, 'third');
    expect(await third.opened()).toBe(inUse);
    await third.kill();
    await second.close();
    expect(isSound(folder)).toBe(true);
  });

  it('may be Seedbed and a program that writes briefly', async () => {
    const folder = newFolder();
    const store = await openSqlite(folder);
    const other = new DatabaseSync(fileOf(folder));
    other.exec('BEGIN IMMEDIATE');
    await expect(store.create(experiment('x'))).rejects.toSatisfy(isStoreError('locked'));
    expect(await store.find('x')).toBeNull();
    other.close();
    await store.create(experiment('x'));
    await store.close();
  });
});

const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Does something as a user with no rights: root would be stopped by none. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}
