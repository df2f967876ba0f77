import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { openStore } from './open';
import { openPostgres } from './postgres';
import { query, type TestDatabases, testDatabases } from './postgres.fixture';
import type { NewExperiment, Store } from './store';
import { describeStore, isStoreError } from './store.contract';

let databases: TestDatabases;
let shared: string;
beforeAll(async () => {
  databases = await testDatabases();
  shared = await databases.create();
  await (await openPostgres(shared)).close();
});
afterAll(() => databases?.stop());

describeStore('PostgreSQL', async () => {
  const execute = async (sql: string): Promise<void> => void (await query(shared, sql));
  await execute('truncate experiments, capabilities, uses cascade');
  return { store: await openPostgres(shared), execute };
});

const experiment = (id: string): NewExperiment => ({
  ...{ id, owner: 'anna', recipe: aRecipe(), recipeHash: 'hash', createdAt: 1, parent: null, origin: 'run' },
  leaseUntil: 0,
});

/** A store on a new database, for as long as `work` takes. */
async function withStore(work: (store: Store, url: string) => Promise<void>): Promise<void> {
  const url = await databases.create();
  const store = await openPostgres(url);
  try {
    await work(store, url);
  } finally {
    await store.close();
  }
}

const endConnections = `select pg_terminate_backend(pid) from pg_stat_activity
  where application_name = 'seedbed' and datname = current_database()`;

describe('a PostgreSQL store', () => {
  it('can be opened by several processes at once, on an empty database', async () => {
    const url = await databases.create();
    const stores = await Promise.all([1, 2, 3, 4, 5].map(() => openPostgres(url)));
    await Promise.all(stores.map((store, index) => store.create(experiment(`of-${index}`))));
    const { experiments } = await (stores[0] as Store).list({ owner: 'anna', search: '', after: null, limit: 10 });
    expect(experiments.map(({ id }) => id)).toEqual([0, 1, 2, 3, 4].map((index) => `of-${index}`));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('counts what several processes use as one', () =>
    withStore(async (store, url) => {
      const other = await openPostgres(url);
      const one = (entry: string) => [
        { counter: 'a', entry: 'hour', amount: 1, limit: 100, until: 9 },
        { counter: 'b', entry, amount: 1, limit: 7, until: 9 },
      ];
      const asking = Array.from({ length: 30 }, (_, at) => [store, other][at % 2]?.spend(one(String(at)), 5));
      expect((await Promise.all(asking)).filter((refused) => refused === null)).toHaveLength(7);
      expect((await other.spent(['a', 'b'], 5)).map(({ amount }) => amount)).toEqual([7, 7]);
      await other.close();
    }));

  it('lets one of several processes take a lease, share and remove', () =>
    withStore(async (store, url) => {
      const other = await openPostgres(url);
      await store.create(experiment('x'));
      const claims = await Promise.all([store, other, store, other].map((each) => each.claim('x', 5, 9)));
      expect(claims.filter(Boolean)).toHaveLength(1);
      const shares = await Promise.all([store, other].map((each) => each.share('x', 5, 'hash', Uint8Array.of(1))));
      expect(shares.filter(Boolean)).toHaveLength(1);
      const saved = [store, store, store, store].map((each, index) => each.saveRun('x', ended(index + 1, 'text')));
      await Promise.all([...saved, other.remove('x')]);
      expect(await store.find('x')).toBeNull();
      await other.close();
    }));

  it('keeps what a process has run against one that had the lease before, also if it sleeps while it saves', () =>
    withStore(async (sleeper, url) => {
      const next = await openPostgres(url);
      await sleeper.create({ ...experiment('x'), leaseUntil: 5 });
      expect(await sleeper.saveRun('x', ended(1, 'of the sleeper'))).toBe(true);
      expect(await next.saveRun('x', ended(1, 'not yet mine'))).toBe(false);
      expect(await next.claim('x', 6, 9)).toBe(true);
      expect(await next.saveRun('x', ended(1, 'of the next'))).toBe(true);
      expect(await sleeper.saveRun('x', ended(1, 'too late'))).toBe(false);
      expect(await sleeper.renew(['x'], 99)).toEqual([]);
      expect(await next.renew(['x'], 0)).toEqual(['x']);
      expect(await sleeper.saveRun('x', ended(2, 'too late, though nobody runs it'))).toBe(false);
      expect(await next.find('x')).toMatchObject({ leaseUntil: 0, runs: [ended(1, 'of the next')] });
      await next.close();
    }));

  it('tells other processes, and never itself, also after its connections were lost', () =>
    withStore(async (store, url) => {
      const other = await openPostgres(url);
      const heard: { by: string; notice: unknown }[] = [];
      store.hear((notice) => heard.push({ by: 'teller', notice }));
      other.hear((notice) => heard.push({ by: 'other', notice }));
      await store.tell({ kind: 'stop', id: 'x', runs: [1, 2] });
      await query(url, `select pg_notify('seedbed', 'not ours')`);
      await store.tell({ kind: 'removed', id: 'x' });
      await expect
        .poll(() => heard)
        .toEqual([
          { by: 'other', notice: { kind: 'stop', id: 'x', runs: [1, 2] } },
          { by: 'other', notice: { kind: 'removed', id: 'x' } },
        ]);
      heard.length = 0;
      await query(url, endConnections);
      const telling = () => store.tell({ kind: 'changed', id: 'y' }).catch(() => undefined);
      await expect.poll(async () => telling().then(() => heard.length), { timeout: 20_000 }).toBeGreaterThan(0);
      expect(new Set(heard.map(({ by }) => by))).toEqual(new Set(['other']));
      await other.close();
    }));

  it('lets nobody take the lease while a run is being saved under it', () =>
    withStore(async (store, url) => {
      const other = await openPostgres(url);
      await store.create({ ...experiment('x'), leaseUntil: 5 });
      const locker = new Client({ connectionString: url });
      await locker.connect();
      await locker.query('begin; lock table runs');
      const saving = store.saveRun('x', ended(1, 'text'));
      const waiting = (more: number) =>
        expect
          .poll(() => query(url, `select 1 from pg_stat_activity where wait_event_type = 'Lock'`))
          .toHaveLength(more);
      await waiting(1);
      const claiming = other.claim('x', 6, 9);
      await waiting(2);
      await locker.query('commit');
      await locker.end();
      expect(await Promise.all([saving, claiming])).toEqual([true, true]);
      await other.close();
    }));

  it('leaves the leases of other processes alone when it opens', () =>
    withStore(async (store, url) => {
      await store.create({ ...experiment('held'), leaseUntil: 99 });
      await (await openPostgres(url)).close();
      expect(await store.find('held')).toMatchObject({ leaseUntil: 99 });
    }));

  it('leaves alone a database that a newer version has changed', () =>
    withStore(async (_, url) => {
      await query(url, `insert into seedbed_migrations values ('9999', '2099-01-01')`);
      await expect(openPostgres(url)).rejects.toMatchObject({
        code: 'failed',
        message: 'A newer version of Seedbed has changed this database.',
      });
    }));
});

describe('a PostgreSQL store with a faulty server', () => {
  it('loses only the work under way when the server ends connections, idle or busy', () =>
    withStore(async (store, url) => {
      await store.create(experiment('x'));
      await query(url, endConnections);
      await expect.poll(() => store.check().then(() => 'works')).toBe('works');

      const locker = new Client({ connectionString: url });
      await locker.connect();
      await locker.query('begin; lock table runs');
      const saving = store.saveRun('x', ended(1, 'text'));
      const failing = expect(saving).rejects.toMatchObject({ code: 'unreachable' });
      await expect
        .poll(() => query(url, `select 1 from pg_stat_activity where wait_event_type = 'Lock'`))
        .toHaveLength(1);
      await query(url, endConnections);
      await failing;
      await locker.end();
      expect(await store.saveRun('x', ended(1, 'text'))).toBe(true);
    }));

  it('does not wait for ever for a locked row', () =>
    withStore(async (store, url) => {
      await store.create(experiment('x'));
      const holder = new Client({ connectionString: url });
      await holder.connect();
      await holder.query('begin; select * from experiments for update');
      await expect(store.rename('x', 'title')).rejects.toSatisfy(isStoreError('locked'));
      await holder.end();
      await store.rename('x', 'title');
    }));

  it.each([
    ['53100', 'full'],
    ['57P01', 'unreachable'],
    ['57P03', 'unreachable'],
    ['53300', 'unreachable'],
    ['57014', 'unreachable'],
    ['08006', 'unreachable'],
    ['40001', 'locked'],
    ['XX000', 'failed'],
  ] as const)('reports error %s as %s', (state, code) =>
    withStore(async (store, url) => {
      await store.create(experiment('x'));
      await query(
        url,
        `create function fail() returns trigger language plpgsql as
           $$ begin raise exception 'secret detail' using errcode = '${state}'; end $$;
         create trigger fail before insert on runs for each row execute function fail()`,
      );
      const saving = store.saveRun('x', ended(1, 'text'));
      await expect(saving).rejects.toSatisfy(isStoreError(code));
      await expect(saving).rejects.not.toThrow(/secret/);
      expect(await store.find('x')).toMatchObject({ runs: [] });
      await query(url, 'drop trigger fail on runs');
      expect(await store.saveRun('x', ended(1, 'text'))).toBe(true);
    }),
  );

  it('leaves a server that only reads, as a stand-by does', async () => {
    const url = await databases.create();
    const store = openStore({ databaseUrl: url, dataDir: 'unused' });
    await store.create(experiment('x'));
    const onlyRead = (value: 'on' | 'off') =>
      query(
        url,
        `begin read write;
         alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = ${value};
         commit`,
      );
    await onlyRead('on');
    await query(url, endConnections);
    await expect.poll(() => store.check().catch((error) => error.code)).toBe('read_only');
    await onlyRead('off');
    await expect
      .poll(() =>
        store.check().then(
          () => 'works',
          () => 'fails',
        ),
      )
      .toBe('works');
    await store.close();
  });

  it('does not repeat a wrong address in its error', async () => {
    const url = await databases.create();
    const wrong = [
      [Object.assign(new URL(url), { pathname: '/nowhere' }).href, 'failed'],
      [Object.assign(new URL(url), { port: '1' }).href, 'unreachable'],
      ['postgres://anna:secret@nowhere.invalid/db', 'unreachable'],
    ] as const;
    for (const [databaseUrl, code] of wrong) {
      const store = openStore({ databaseUrl, dataDir: 'unused' });
      const error: unknown = await store.check().catch((each) => each);
      expect(error).toSatisfy(isStoreError(code));
      expect(String(error)).not.toMatch(/nowhere|127|secret|anna/);
      await store.close();
    }
  });
});
