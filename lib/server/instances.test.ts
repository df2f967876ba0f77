import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { announcing } from '@/lib/store/announcing';
import { openStore } from '@/lib/store/open';
import { query, type TestDatabases, testDatabases } from '@/lib/store/postgres.fixture';
import type { StoredExperiment } from '@/lib/store/store';
import { takeLog } from '@/lib/telemetry/log.fixture';
import { readEnvironment } from './environment';
import { Hub, newId } from './hub';
import { purgeExpired } from './retention';
import { ScriptedProvider, scriptedRecipe } from './scripted-provider.fixture';
import { anExperiment } from './services.fixture';

/*
 * Several processes of one site, each with a hub and a store of its own on one PostgreSQL.
 */

let databases: TestDatabases;
beforeAll(async () => {
  databases = await testDatabases();
});
afterAll(() => databases?.stop());

/** A process, and what it has been told has changed. */
function startInstance(databaseUrl: string) {
  const changed: string[] = [];
  const store = announcing(openStore({ databaseUrl, dataDir: 'unused' }), (id) => changed.push(id));
  const provider = new ScriptedProvider();
  return { store, changed, provider, hub: new Hub(store, 60_000) };
}
type Instance = ReturnType<typeof startInstance>;

let url: string;
let a: Instance;
let b: Instance;
beforeEach(async () => {
  url = await databases.create();
  [a, b] = [startInstance(url), startInstance(url)];
  await Promise.all([a.store.check(), b.store.check()]);
  return async () => {
    await Promise.all([a, b].map(({ hub }) => hub.stopAll()));
    await Promise.all([a, b].map(({ store }) => store.close()));
  };
});

async function startIn({ hub, provider }: Instance, runs: number) {
  const options = { id: newId(), recipe: scriptedRecipe(runs), owner: 'anna', address: null, parent: null };
  const started = await hub.start({ ...options, providerOf: () => provider, pace: undefined });
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

async function stored(id: string): Promise<StoredExperiment> {
  const found = await b.store.find(id);
  if (!found) throw new Error('It is not stored.');
  return found;
}

const aborted = ({ provider }: Instance): boolean[] => provider.calls.map(({ signal }) => signal.aborted);

describe('several processes', () => {
  it('stop what one of them runs, whichever is asked, all or some of it', async () => {
    const live = await startIn(a, 3);
    await b.store.tell({ kind: 'stop', id: live.experiment.id, runs: [2] });
    await vi.waitFor(() => expect(aborted(a)).toEqual([false, true, false]));
    await b.store.tell({ kind: 'stop', id: live.experiment.id });
    await vi.waitFor(() => expect(aborted(a)).toEqual([true, true, true]));
    await live.over();
    expect((await stored(live.experiment.id)).runs).toMatchObject(Array(3).fill({ finish: 'aborted' }));
  });

  it('end the calls of what one of them deletes', async () => {
    const live = await startIn(a, 2);
    await b.store.remove(live.experiment.id);
    await vi.waitFor(() => expect(aborted(a)).toEqual([true, true]));
    expect(a.hub.get(live.experiment.id)).toBeUndefined();
  });

  it('throw away what they keep of what another has shared or named', async () => {
    const { id } = anExperiment('x');
    await a.store.create(anExperiment('x'));
    await a.store.rename(id, 'Spring');
    await vi.waitFor(() => expect(b.changed).toEqual([id]));
    await a.store.share(id, 1, 'hash', Uint8Array.of(1));
    await vi.waitFor(() => expect(b.changed).toEqual([id, id]));
  });

  it('are told of the runs that one of them has saved, and of the end', async () => {
    const live = await startIn(a, 2);
    const { id } = live.experiment;
    for (const run of [1, 2]) {
      b.changed.length = 0;
      a.provider.end(run);
      await vi.waitFor(async () => {
        expect(b.changed).toContain(id);
        expect((await b.store.findSizes(id)).length).toBe(run);
      });
    }
    await live.over();
    await vi.waitFor(async () => expect((await b.store.findHead(id))?.leaseUntil).toBe(0));
  });

  it('delete what has expired once in an hour, all of them together', async () => {
    takeLog();
    const old = Array.from({ length: 3 }, (_, at) => anExperiment(`old-${at}`, { createdAt: at }));
    for (const experiment of old) await a.store.create(experiment);
    const environment = readEnvironment({ NODE_ENV: 'test' });
    const purging = [a, b].map(({ store }) => vi.spyOn(store, 'purge'));
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 27, 12, 30) });
    for (const _ of [1, 2]) await Promise.all([a, b].map(({ store }) => purgeExpired({ store, environment })));
    vi.useRealTimers();
    const deleted = purging.map(({ mock }) => mock.settledResults.map(({ value }) => value));
    expect(deleted.toSorted((one, other) => one.length - other.length)).toEqual([[], [2, 1]]);
    expect(await Promise.all(old.map(({ id }) => b.store.findHead(id)))).toEqual([null, null, null]);
  });

  it('keep what one has run after another slept, whose runs end without being stored', async () => {
    const sleeper = await startIn(a, 2);
    const { id } = sleeper.experiment;
    // As if a had slept for longer than its lease.
    await query(url, 'update experiments set lease_until = 0');
    const again = await b.hub.again(await stored(id), () => b.provider, undefined);
    if (!again.ok) throw new Error(again.error.message);
    for (const run of [1, 2]) {
      b.provider.say(run, `b ${run}`);
      b.provider.end(run);
    }
    await again.value.live.over();
    const kept = (await stored(id)).runs;
    expect(kept.map(({ text }) => text)).toEqual(['b 1', 'b 2']);
    for (const run of [1, 2]) {
      a.provider.say(run, `a ${run}`);
      a.provider.end(run);
    }
    await sleeper.over();
    expect(sleeper.experiment.runs).toMatchObject(Array(2).fill({ status: 'failed', error: { code: 'not_saved' } }));
    expect((await stored(id)).runs).toEqual(kept);
  });
});
