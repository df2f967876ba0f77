import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Numbered } from '@/lib/api/event-stream';
import { recipeHash } from '@/lib/recipe/hash';
import type { Recipe } from '@/lib/recipe/recipe';
import { applyEvent, type Experiment } from '@/lib/run/fold';
import { isOver } from '@/lib/run/record';
import { openStore } from '@/lib/store/open';
import { type Store, type StoredExperiment, StoreError } from '@/lib/store/store';
import { Hub, newId } from './hub';
import type { LiveExperiment } from './live-experiment';
import { ScriptedProvider, scriptedRecipe, settle } from './scripted-provider.fixture';

let root: string;
let store: Store;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'seedbed-hub-'));
});
beforeEach(() => {
  store = openStore({ dataDir: mkdtempSync(join(root, 'data-')) });
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await store.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const never = new AbortController().signal;
const full = new StoreError('full', 'The disk of this server is full.');

/** By another visitor each time, if none is named: what one may have at once depends on what others have. */
const asked = (provider: ScriptedProvider, recipe: Recipe = scriptedRecipe(1), owner = newId()) => ({
  ...{ id: newId(), recipe, providerOf: () => provider, owner, address: null, parent: null, pace: undefined },
});

async function started(hub: Hub, provider: ScriptedProvider, recipe?: Recipe): Promise<LiveExperiment> {
  const start = await hub.start(asked(provider, recipe));
  if (!start.ok) throw new Error(start.error.message);
  return start.value;
}

async function stored(live: LiveExperiment | string): Promise<StoredExperiment> {
  const found = await store.find(typeof live === 'string' ? live : live.experiment.id);
  if (!found) throw new Error('It is not stored.');
  return found;
}

/** The one that runs whatever a test's clock does. */
const realImmediate = setImmediate;

/** Resolves when an experiment is over and its lease is given back, without moving a test's clock. */
async function givenBack(live: LiveExperiment): Promise<void> {
  do await new Promise((resolve) => realImmediate(resolve));
  while ((await stored(live)).leaseUntil !== 0);
  await new Promise((resolve) => realImmediate(resolve));
}

/** Two runs of which the second failed. */
async function halfDone(hub: Hub, provider: ScriptedProvider): Promise<LiveExperiment> {
  const live = await started(hub, provider, scriptedRecipe(2));
  provider.say(1, 'good');
  provider.end(1);
  provider.say(2, 'bad');
  provider.fail(2);
  await live.over();
  return live;
}

async function follow(live: LiveExperiment, after = 0): Promise<Numbered[]> {
  const all: Numbered[] = [];
  for await (const batch of live.read(after, never)) all.push(...batch);
  return all;
}

const folded = (all: readonly Numbered[]): Experiment | null =>
  all.map(({ event }) => event).reduce<Experiment | null>(applyEvent, null);

const typesSoFar = async (live: LiveExperiment): Promise<string[]> => {
  const reader = live.read(0, never);
  const batch = (await reader.next()).value ?? [];
  await reader.return(undefined);
  return batch.map(({ event }: Numbered) => event.type);
};

describe('Hub', () => {
  it('runs an experiment under an id that cannot be guessed, and finds it by that', async () => {
    const hub = new Hub(store, 0);
    const all = await Promise.all(Array.from({ length: 20 }, () => started(hub, new ScriptedProvider())));
    const ids = all.map(({ experiment }) => experiment.id);
    for (const id of ids) expect(id).toMatch(/^[\w-]{22}$/);
    expect(new Set(ids).size).toBe(20);
    expect(ids.map((id) => hub.get(id))).toEqual(all);
    expect(all.every(({ running }) => running)).toBe(true);
  });

  it.each(['', 'nothing', '__proto__', 'constructor'])('knows no experiment %j', (id) => {
    expect(new Hub(store, 0).get(id)).toBeUndefined();
  });

  it('passes pace and parameters on', async () => {
    const provider = new ScriptedProvider();
    await new Hub(store, 0).start({ ...asked(provider), pace: 20 });
    expect(provider.calls).toMatchObject([{ pace: 20, request: scriptedRecipe(1).request, spec: { run: 1 } }]);
  });

  it('refuses more than 40 at once, until one of them is over', async () => {
    const hub = new Hub(store, 0);
    const providers = Array.from({ length: 40 }, () => new ScriptedProvider());
    const all = await Promise.all(providers.map((provider) => started(hub, provider)));
    const oneMore = new ScriptedProvider();
    const creating = vi.spyOn(store, 'create');
    expect(await hub.start(asked(oneMore))).toMatchObject({ ok: false, error: { status: 503, code: 'busy' } });
    expect(oneMore.calls).toEqual([]);
    expect(creating).not.toHaveBeenCalled();
    providers[7]?.end(1);
    await all[7]?.over();
    expect((await started(hub, oneMore)).running).toBe(true);
  });

  it('refuses more than 40 at once also if all are asked for in the same moment', async () => {
    const hub = new Hub(store, 0);
    const providers = Array.from({ length: 45 }, () => new ScriptedProvider());
    const starts = await Promise.all(providers.map((provider) => hub.start(asked(provider))));
    expect(starts.filter(({ ok }) => ok).length).toBe(40);
    await vi.waitFor(() => expect(providers.filter(({ calls }) => calls.length > 0).length).toBe(40));
  });

  it('has those that find no place wait for one, in their order, for as long as may be', async () => {
    vi.useFakeTimers();
    const hub = new Hub(store, 0, undefined, 5000);
    const providers = Array.from({ length: 40 }, () => new ScriptedProvider());
    const all: LiveExperiment[] = [];
    for (const provider of providers) all.push(await started(hub, provider));
    const order: string[] = [];
    const come = async (name: string, change: object = {}) => {
      const start = await hub.start({ ...asked(new ScriptedProvider()), ...change });
      order.push(`${name} ${start.ok ? 'runs' : start.error.code}`);
    };
    const left = new AbortController();
    const waits = [come('first'), come('gone', { left: left.signal }), come('second'), come('late')];
    await vi.advanceTimersByTimeAsync(1000);
    expect(order).toEqual([]);
    left.abort();
    for (const at of [3, 7]) {
      providers[at]?.end(1);
      await all[at]?.over();
    }
    await vi.advanceTimersByTimeAsync(10);
    expect(order).toEqual(['gone left', 'first runs', 'second runs']);
    await vi.advanceTimersByTimeAsync(5000);
    await Promise.all(waits);
    expect(order.at(-1)).toBe('late busy');
    vi.useRealTimers();
  });

  it('never gives more places than there are to those who wait', async () => {
    const hub = new Hub(store, 0, undefined, 60_000);
    const providers = Array.from({ length: 60 }, () => new ScriptedProvider());
    const live = new Map<number, LiveExperiment>();
    const starts = providers.map(async (provider, at) => {
      const start = await hub.start(asked(provider, scriptedRecipe(1), `visitor ${at}`));
      if (start.ok) live.set(at, start.value);
    });
    await vi.waitFor(() => expect(live.size).toBe(40));
    for (const at of [5, 6, 7]) {
      providers[at]?.end(1);
      await live.get(at)?.over();
      const all = () => [...live.values()].filter(({ running }) => running).length;
      await vi.waitFor(() => expect(all()).toBe(40));
      await new Promise((resolve) => setImmediate(resolve));
      expect(all()).toBe(40);
    }
    await hub.stopAll();
    await Promise.all(starts);
    expect(live.size).toBe(43);
  });

  it('has no more than a few of one visitor wait, and nobody once it has been stopped', async () => {
    const hub = new Hub(store, 0, undefined, 60_000);
    for (let going = 0; going < 40; going++) await started(hub, new ScriptedProvider());
    const waiting = Array.from({ length: 9 }, () =>
      hub.start(asked(new ScriptedProvider(), scriptedRecipe(1), 'anna')),
    );
    expect(await waiting[8]).toMatchObject({ ok: false });
    await hub.stopAll();
    for (const start of waiting) expect(await start).toMatchObject({ ok: false });
  });

  it('begins the calls of many experiments a few at a time, and does whatever else comes between', async () => {
    const hub = new Hub(store, 0);
    const provider = new ScriptedProvider();
    const starts = Array.from({ length: 10 }, () => hub.start(asked(provider, scriptedRecipe(10))));
    const begun = [0];
    while (provider.calls.length < 100) {
      await new Promise((resolve) => setImmediate(resolve));
      begun.push(provider.calls.length);
    }
    await Promise.all(starts);
    expect(Math.max(...begun.slice(1).map((calls, at) => calls - (begun[at] ?? 0)))).toBeLessThanOrEqual(32);
  });

  it('counts what an experiment may come to once there is a place for it, and runs nothing that is too much', async () => {
    const hub = new Hub(store, 0);
    const provider = new ScriptedProvider();
    const problem = { status: 429, code: 'limit_reached', message: 'Too much.' };
    const afford = vi.fn(async () => problem);
    expect(await hub.start({ ...asked(provider), afford })).toEqual({ ok: false, error: problem });
    for (let going = 0; going < 40; going++) await started(hub, new ScriptedProvider());
    const counted = vi.fn(async () => null);
    expect(await hub.start({ ...asked(provider), afford: counted })).toMatchObject({ ok: false });
    expect([afford.mock.calls.length, counted.mock.calls.length, provider.calls.length]).toEqual([1, 0, 0]);
  });

  /** Starts as many as it can: how many of those with each name. */
  async function fill(hub: Hub, who: (at: number) => { owner: string; address: string | null }, wanted = 40) {
    const places = new Map<string, number>();
    for (let at = 0; at < wanted; at++) {
      const { owner, address } = who(at);
      const { ok } = await hub.start({ ...asked(new ScriptedProvider(), scriptedRecipe(1), owner), address });
      if (ok) places.set(owner, (places.get(owner) ?? 0) + 1);
    }
    return places;
  }

  it('gives nobody more places than are left to others, so that there is one for whoever comes', async () => {
    const hub = new Hub(store, 0);
    const greedy = await fill(hub, () => ({ owner: 'anna', address: null }));
    expect(greedy.get('anna')).toBe(20);
    const refused = await hub.start(asked(new ScriptedProvider(), scriptedRecipe(1), 'anna'));
    expect(refused).toMatchObject({ ok: false, error: { status: 429, code: 'too_many_running', retryAfter: 5 } });
    expect(await fill(hub, (at) => ({ owner: `other ${at % 2}`, address: null }))).toEqual(
      new Map([
        ['other 0', 7],
        ['other 1', 7],
      ]),
    );
    expect((await fill(hub, (at) => ({ owner: `late ${at}`, address: null }), 6)).size).toBe(6);
  });

  it('has room for a class of thirty at one address, and keeps some from it for others', async () => {
    const hub = new Hub(store, 0);
    const address = '192.0.2.1';
    expect((await fill(hub, (at) => ({ owner: `student ${at}`, address }), 30)).size).toBe(30);
    expect((await fill(hub, (at) => ({ owner: `thief ${at}`, address }))).size).toBe(2);
    const refused = await hub.start({ ...asked(new ScriptedProvider()), address });
    expect(refused).toMatchObject({ ok: false, error: { status: 429, code: 'too_many_running' } });
    expect((await fill(hub, (at) => ({ owner: `other ${at}`, address: '192.0.2.2' }), 8)).size).toBe(8);
  });

  it('gives the places of what is over to the others', async () => {
    const hub = new Hub(store, 0);
    const providers = Array.from({ length: 20 }, () => new ScriptedProvider());
    const mine = await Promise.all(providers.map((provider) => hub.start(asked(provider, scriptedRecipe(1), 'anna'))));
    expect(mine.every(({ ok }) => ok)).toBe(true);
    providers[0]?.end(1);
    if (mine[0]?.ok) await mine[0].value.over();
    expect((await hub.start(asked(new ScriptedProvider(), scriptedRecipe(1), 'anna'))).ok).toBe(true);
    expect((await hub.start(asked(new ScriptedProvider(), scriptedRecipe(1), 'anna'))).ok).toBe(false);
  });

  it('forgets an experiment a minute after its end, never one that runs', async () => {
    vi.useFakeTimers();
    const hub = new Hub(store, 0);
    const provider = new ScriptedProvider();
    const [going, done] = [await started(hub, new ScriptedProvider()), await started(hub, provider)];
    await vi.advanceTimersByTimeAsync(120_000);
    provider.end(1);
    await givenBack(done);
    await vi.advanceTimersByTimeAsync(59_000);
    expect(hub.get(done.experiment.id)).toBe(done);
    await vi.advanceTimersByTimeAsync(2000);
    expect(hub.get(done.experiment.id)).toBeUndefined();
    expect(hub.get(going.experiment.id)).toBe(going);
  });

  it('remembers one that was run again for a minute after its newest end', async () => {
    vi.useFakeTimers();
    const hub = new Hub(store, 0);
    const provider = new ScriptedProvider();
    const first = await started(hub, provider);
    provider.fail(1);
    await givenBack(first);
    await vi.advanceTimersByTimeAsync(40_000);
    const again = await hub.again(await stored(first), () => provider, undefined);
    provider.end(1);
    await givenBack(first);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(again).toMatchObject({ ok: true, value: { live: hub.get(first.experiment.id) } });
    await vi.advanceTimersByTimeAsync(21_000);
    expect(hub.get(first.experiment.id)).toBeUndefined();
  });

  it('stops everything when the process is about to end, and stores what had arrived', async () => {
    const hub = new Hub(store, 10_000);
    const provider = new ScriptedProvider();
    const all = await Promise.all([1, 2, 3].map(() => started(hub, provider)));
    provider.say(1, 'half');
    await settle();
    await hub.stopAll();
    for (const { experiment } of all) expect(experiment.runs).toMatchObject([{ status: 'ended', finish: 'aborted' }]);
    const kept = await Promise.all(all.map(stored));
    expect(kept.flatMap(({ runs }) => runs)).toEqual(all.flatMap(({ experiment }) => experiment.runs));
  });

  it('lets answers end for a while before it stops the others, and takes no new ones', async () => {
    // What is stored together waits for the loop to turn.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    const hub = new Hub(store, 0);
    const [quick, slow] = [new ScriptedProvider(), new ScriptedProvider()];
    const [ending, going] = [await started(hub, quick), await started(hub, slow)];
    const stopped = hub.stopAll(5000);
    expect(await hub.start(asked(new ScriptedProvider()))).toMatchObject({ ok: false, error: { status: 503 } });
    quick.say(1, 'whole');
    quick.end(1);
    await vi.advanceTimersByTimeAsync(4999);
    expect(slow.calls[0]?.signal.aborted).toBe(false);
    await Promise.all([stopped, vi.advanceTimersByTimeAsync(10)]);
    expect(ending.experiment.runs).toMatchObject([{ finish: 'stop', text: 'whole' }]);
    expect(going.experiment.runs).toMatchObject([{ finish: 'aborted' }]);
  });

  it('starts nothing any more once it has been stopped', async () => {
    const hub = new Hub(store, 10_000);
    const provider = new ScriptedProvider();
    const first = await started(hub, provider);
    await hub.stopAll();
    const refused = { ok: false, error: { status: 503, code: 'busy' } };
    expect(await hub.start(asked(provider))).toMatchObject(refused);
    expect(await hub.again(await stored(first), () => provider, undefined)).toMatchObject(refused);
  });

  it('stops what was about to start when it was stopped', async () => {
    const hub = new Hub(store, 10_000);
    const starting = started(hub, new ScriptedProvider());
    await hub.stopAll();
    const live = await starting;
    await live.over();
    expect(live.experiment.runs).toMatchObject([{ finish: 'aborted' }]);
  });

  it('gives each experiment its grace period', async () => {
    const live = await started(new Hub(store, 0), new ScriptedProvider());
    const reader = live.read(0, never);
    await reader.next();
    await reader.return(undefined);
    await vi.waitFor(() => expect(live.running).toBe(false));
  });
});

describe('what a hub keeps', () => {
  it('is the experiment before its first run is sent', async () => {
    const release = Promise.withResolvers<void>();
    const { create } = store;
    vi.spyOn(store, 'create').mockImplementation(async (...given) => {
      await release.promise;
      await create(...given);
    });
    const provider = new ScriptedProvider();
    const start = hub0().start({ ...asked(provider), owner: 'anna', parent: 'x'.repeat(22) });
    await settle();
    expect(provider.calls).toEqual([]);
    release.resolve();
    const result = await start;
    if (!result.ok) throw new Error(result.error.message);
    expect(provider.asked).toEqual([1]);
    const { leaseUntil, createdAt, ...rest } = await stored(result.value);
    expect(rest).toMatchObject({
      ...{ owner: 'anna', recipe: scriptedRecipe(1), recipeHash: recipeHash(scriptedRecipe(1)), origin: 'run' },
      ...{ parent: 'x'.repeat(22), title: null, sharedAt: null, deleteHash: null, runs: [] },
    });
    expect(Date.now() - createdAt).toBeLessThan(60_000);
    expect(leaseUntil - createdAt).toBe(30_000);
  });

  it('is nothing, and nothing is sent, if the store fails', async () => {
    vi.spyOn(store, 'create').mockRejectedValue(full);
    const hub = hub0();
    const provider = new ScriptedProvider();
    await expect(hub.start(asked(provider))).rejects.toBe(full);
    await settle();
    expect(provider.calls).toEqual([]);
    vi.mocked(store.create).mockRestore();
    expect((await started(hub, provider)).running).toBe(true);
  });

  it('is each run when it ends, well or badly', async () => {
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider, scriptedRecipe(3));
    provider.say(2, 'NUL \0, half \ud83d');
    provider.end(2, { fingerprints: ['fp_1'], requestId: 'req_1' });
    await vi.waitFor(async () => expect((await stored(live)).runs.map(({ run }) => run)).toEqual([2]));
    provider.say(3, 'so f');
    provider.fail(3);
    live.stop([1]);
    await live.over();
    const { runs } = await stored(live);
    expect(runs).toEqual(live.experiment.runs);
    expect(runs).toMatchObject([
      { status: 'ended', finish: 'aborted' },
      { status: 'ended', text: 'NUL \0, half \ud83d', fingerprints: ['fp_1'], requestId: 'req_1' },
      { status: 'failed', text: 'so f', error: { code: 'server_error' } },
    ]);
  });

  it('is on disk before anybody is told that the run is over', async () => {
    const release = Promise.withResolvers<void>();
    const { saveRun } = store;
    vi.spyOn(store, 'saveRun').mockImplementation(async (...given) => {
      await release.promise;
      return saveRun(...given);
    });
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider, scriptedRecipe(2));
    for (const run of [1, 2]) provider.say(run, 'text');
    provider.end(1);
    provider.fail(2);
    await vi.waitFor(() => expect(store.saveRun).toHaveBeenCalledTimes(2));
    for (let turn = 0; turn < 20; turn++) await settle();
    const before = await typesSoFar(live);
    expect(before).toContain('text-delta');
    expect(before).not.toContain('run-end');
    expect(before).not.toContain('run-error');
    expect(live.experiment.runs.map(({ status }) => status)).toEqual(['running', 'running']);
    expect((await stored(live)).runs).toEqual([]);
    release.resolve();
    await live.over();
    expect((await typesSoFar(live)).toSorted()).toEqual(
      expect.arrayContaining(['experiment-end', 'run-end', 'run-error']),
    );
    expect((await stored(live)).runs.map(({ run }) => run)).toEqual([1, 2]);
  });

  it('keeps others from claiming it while it runs, for however long, and lets it go at the end', async () => {
    vi.useFakeTimers();
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider);
    const { id } = live.experiment;
    for (let minute = 0; minute < 5; minute++) {
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await store.claim(id, Date.now(), Date.now() + 1)).toBe(false);
    }
    provider.end(1);
    await givenBack(live);
    expect((await stored(id)).leaseUntil).toBe(0);
    await vi.advanceTimersByTimeAsync(60_000);
    expect((await stored(id)).leaseUntil).toBe(0);
  });

  it('is let go of even when the store fails at the end: the lease expires', async () => {
    vi.useFakeTimers();
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider);
    vi.spyOn(store, 'renew').mockRejectedValue(full);
    provider.end(1);
    await vi.advanceTimersByTimeAsync(0);
    expect(live.running).toBe(false);
    const { id, leaseUntil } = await stored(live);
    expect(leaseUntil).toBeGreaterThan(Date.now());
    await vi.advanceTimersByTimeAsync(30_001);
    expect(await store.claim(id, Date.now(), Date.now() + 1)).toBe(true);
  });
});

describe('when the store fails while runs go on', () => {
  /** Fails for the given time, or for good, but only for the given runs. */
  function failing(forMs: number, runs: readonly number[] = [1]) {
    const until = performance.now() + forMs;
    const { saveRun } = store;
    return vi.spyOn(store, 'saveRun').mockImplementation(async (id, run) => {
      if (runs.includes(run.run) && performance.now() < until) throw full;
      return saveRun(id, run);
    });
  }

  it.each([50, 1000, 6000, 9000])('for %i ms, a run waits and is then kept', async (forMs) => {
    vi.useFakeTimers();
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider);
    failing(forMs);
    provider.say(1, 'text');
    provider.end(1);
    await vi.advanceTimersByTimeAsync(forMs - 1);
    expect(live.experiment.runs).toMatchObject([{ status: 'running' }]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(live.experiment.runs).toMatchObject([{ status: 'ended', finish: 'stop', text: 'text' }]);
    expect((await stored(live)).runs).toEqual(live.experiment.runs);
  });

  it('for good, the run says that it is not saved, keeps its text, and the others are unharmed', async () => {
    vi.useFakeTimers();
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider, scriptedRecipe(3));
    const saving = failing(Number.POSITIVE_INFINITY, [2]);
    for (const run of [1, 2]) {
      provider.say(run, `text ${run}`);
      provider.end(run);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(live.experiment.runs.map(({ status }) => status)).toEqual(['ended', 'running', 'running']);
    provider.say(3, 'text 3');
    provider.end(3);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(live.running).toBe(false);
    const [first, second, third] = live.experiment.runs;
    expect(second).toMatchObject({ status: 'failed', text: 'text 2', error: { code: 'not_saved', retryable: true } });
    expect(second?.status === 'failed' && second.error.message).toContain(full.message);
    expect((await stored(live)).runs).toEqual([first, third]);
    const tries = saving.mock.calls.filter(([, { run }]) => run === 2).length;
    expect(tries).toBeGreaterThan(3);
    expect(tries).toBeLessThan(50);
    const all = follow(live);
    await vi.advanceTimersByTimeAsync(0);
    expect((await all).filter(({ event }) => event.type === 'run-end' || event.type === 'run-error').length).toBe(3);
    expect(folded(await all)).toEqual(live.experiment);
  });

  it('for good, a run that was not saved can be made again once it works', async () => {
    vi.useFakeTimers();
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await started(hub, provider);
    failing(15_000);
    provider.end(1);
    await vi.advanceTimersByTimeAsync(15_001);
    expect(live.experiment.runs).toMatchObject([{ status: 'failed', error: { code: 'not_saved' } }]);
    const again = await hub.again(await stored(live), () => provider, undefined);
    expect(again.ok).toBe(true);
    provider.say(1, 'second');
    provider.end(1);
    await vi.advanceTimersByTimeAsync(100);
    expect((await stored(live)).runs).toMatchObject([{ status: 'ended', text: 'second' }]);
  });

  it('because another process deleted the experiment, no run is reported as stored', async () => {
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider, scriptedRecipe(2));
    await store.remove(live.experiment.id);
    provider.say(1, 'text');
    provider.end(1);
    live.stop([2]);
    await live.over();
    expect(live.experiment.runs).toMatchObject(Array(2).fill({ status: 'failed', error: { code: 'not_saved' } }));
  });

  it('because another process has taken it over, the runs end, and what that one has stored stays', async () => {
    vi.useFakeTimers();
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider, scriptedRecipe(2));
    vi.spyOn(store, 'renew').mockResolvedValue([]);
    vi.spyOn(store, 'saveRun').mockResolvedValue(false);
    provider.say(1, 'of a sleeper');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(provider.calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    await live.over();
    expect(live.experiment.runs).toMatchObject(Array(2).fill({ status: 'failed', error: { code: 'not_saved' } }));
    expect((await stored(live)).runs).toEqual([]);
  });

  it('with something that is no StoreError, none of its message is shown', async () => {
    vi.useFakeTimers();
    const provider = new ScriptedProvider();
    const live = await started(hub0(), provider);
    vi.spyOn(store, 'saveRun').mockRejectedValue('/secret/path');
    provider.end(1);
    await vi.advanceTimersByTimeAsync(11_000);
    expect(live.experiment.runs).toMatchObject([{ status: 'failed', error: { code: 'not_saved' } }]);
    expect(JSON.stringify(live.experiment)).not.toContain('secret');
  });
});

describe('Hub.again', () => {
  it('runs what failed in an experiment that is over, and replaces what is stored', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const { id } = (await halfDone(hub, provider)).experiment;
    const again = await hub.again(await stored(id), () => provider, 7);
    if (!again.ok) throw new Error(again.error.message);
    const { live, after } = again.value;
    expect(hub.get(id)).toBe(live);
    expect(provider.asked).toEqual([1, 2, 2]);
    expect(provider.calls.at(-1)).toMatchObject({ pace: 7 });
    const news = follow(live, after);
    provider.say(2, 'better');
    provider.end(2);
    expect((await news)[0]).toMatchObject({ seq: after + 1, event: { type: 'run-start', run: 2 } });
    expect((await stored(id)).runs).toMatchObject([{ text: 'good' }, { status: 'ended', text: 'better' }]);
  });

  it('joins an experiment that is running', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await started(hub, provider, scriptedRecipe(2));
    provider.fail(1);
    await vi.waitFor(() => expect(live.experiment.runs[0]?.status).toBe('failed'));
    const after = live.newest;
    expect(await hub.again(await stored(live), () => provider, undefined)).toEqual({
      ok: true,
      value: { live, after },
    });
    expect(provider.asked).toEqual([1, 2, 1]);
  });

  it.each([[[1]], [[]], [[99]]])('refuses if none of the runs %j is missing', async (runs) => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await halfDone(hub, provider);
    expect(await hub.again(await stored(live), () => provider, undefined, runs)).toMatchObject({
      ok: false,
      error: { status: 409, code: 'nothing_missing' },
    });
    expect(provider.asked).toEqual([1, 2]);
  });

  it('gives after a restart what is stored, runs what is missing, and uses numbers that no earlier log had', async () => {
    const provider = new ScriptedProvider();
    const before = await started(hub0(), provider, scriptedRecipe(3));
    provider.say(2, 'kept');
    provider.end(2);
    await vi.waitFor(() => expect(before.experiment.runs[1]?.status).toBe('ended'));
    const { id } = before.experiment;
    await store.renew([id], 0); // as SQLite does when it is opened by the next process
    const hub = hub0();
    const next = new ScriptedProvider();
    const again = await hub.again(await stored(id), () => next, undefined);
    if (!again.ok) throw new Error(again.error.message);
    const { live } = again.value;
    expect(next.asked).toEqual([1, 3]);
    expect(live.experiment.runs.map(({ status }) => status)).toEqual(['running', 'ended', 'running']);
    const old = follow(live, before.newest);
    for (const run of [1, 3]) {
      next.say(run, `new ${run}`);
      next.end(run);
    }
    const all = await old;
    expect(all[0]).toMatchObject({ event: { type: 'experiment-start', id } });
    expect(all[0]?.seq).toBeGreaterThan(before.newest);
    expect(folded(all)).toEqual(live.experiment);
    expect(live.experiment.runs.map(({ text }) => text)).toEqual(['new 1', 'kept', 'new 3']);
    expect((await stored(id)).runs).toEqual(live.experiment.runs);
  });

  it('runs only the given ones of those that a restart lost, and leaves the rest missing', async () => {
    const provider = new ScriptedProvider();
    const { id } = (await started(hub0(), new ScriptedProvider(), scriptedRecipe(3))).experiment;
    await store.renew([id], 0);
    const again = await hub0().again(await stored(id), () => provider, undefined, [2]);
    if (!again.ok) throw new Error(again.error.message);
    provider.end(2);
    const all = await follow(again.value.live);
    expect(provider.asked).toEqual([2]);
    expect(all.at(-1)?.event.type).toBe('experiment-end');
    expect(folded(all)).toMatchObject({
      running: false,
      runs: [{ status: 'queued' }, { status: 'ended' }, { status: 'queued' }],
    });
  });

  it('numbers the events of every log after those of the one before, however soon it comes', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await started(hub, provider, scriptedRecipe(100));
    for (let run = 1; run <= 99; run++) provider.end(run);
    provider.fail(100);
    await live.over();
    const logs: Numbered[][] = [];
    for (let time = 0; time < 3; time++) {
      const again = await hub.again(await stored(live), () => provider, undefined);
      if (!again.ok) throw new Error(again.error.message);
      provider.fail(100);
      logs.push(await follow(again.value.live));
    }
    const [first, second, third] = logs.map((log) => [log[0]?.seq ?? 0, log.at(-1)?.seq ?? 0] as const);
    expect(second?.[0]).toBeGreaterThan(first?.[1] ?? 0);
    expect(third?.[0]).toBeGreaterThan(second?.[1] ?? 0);
  });

  it('lets one of two callers win that ask at the same time', async () => {
    const provider = new ScriptedProvider();
    const hub = hub0();
    const live = await halfDone(hub, provider);
    const known = await stored(live);
    const results = await Promise.all([
      hub.again(known, () => provider, undefined),
      hub.again(known, () => provider, undefined),
    ]);
    expect(results.filter(({ ok }) => ok).length).toBe(1);
    expect(results.find(({ ok }) => !ok)).toMatchObject({ error: { status: 409, code: 'running' } });
    expect(provider.asked).toEqual([1, 2, 2]);
  });

  it('leaves alone what runs in another process', async () => {
    const provider = new ScriptedProvider();
    const live = await started(hub0(), new ScriptedProvider(), scriptedRecipe(2));
    const other = hub0();
    expect(await other.again(await stored(live), () => provider, undefined)).toMatchObject({
      ok: false,
      error: { status: 409, code: 'running' },
    });
    expect(provider.calls).toEqual([]);
    expect(other.get(live.experiment.id)).toBeUndefined();
    expect(live.running).toBe(true);
  });

  it('repeats no run that ended after the caller had looked', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await started(hub, provider);
    const looked = await stored(live);
    provider.say(1, 'the evidence');
    provider.end(1);
    await live.over();
    await hub.again(looked, () => provider, undefined);
    expect(provider.asked).toEqual([1]);
    expect((await stored(live)).runs).toMatchObject([{ text: 'the evidence' }]);
  });

  it('can be asked at once after the end, though the store failed to give the lease back', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await started(hub, provider);
    vi.spyOn(store, 'renew').mockRejectedValueOnce(full);
    provider.fail(1);
    await live.over();
    expect(await hub.again(await stored(live), () => provider, undefined)).toMatchObject({ ok: true });
  });

  it('throws, and runs nothing, if the store fails', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await halfDone(hub, provider);
    const known = await stored(live);
    vi.spyOn(store, 'claim').mockRejectedValueOnce(full);
    await expect(hub.again(known, () => provider, undefined)).rejects.toBe(full);
    expect(provider.asked).toEqual([1, 2]);
    expect(await hub.again(known, () => provider, undefined)).toMatchObject({ ok: true });
  });

  it('can be asked at once after the store failed to say what is missing', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await halfDone(hub, provider);
    const known = await stored(live);
    vi.spyOn(store, 'find').mockRejectedValueOnce(full);
    const first = await hub.again(known, () => provider, undefined).catch((error: unknown) => error);
    if (first === full) expect(await hub.again(known, () => provider, undefined)).toMatchObject({ ok: true });
    expect(provider.asked).toEqual([1, 2, 2]);
  });

  it('runs nothing of what was deleted after the caller had looked', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const known = await stored(await halfDone(hub, provider));
    hub.forget(known.id);
    await store.remove(known.id);
    expect(await hub.again(known, () => provider, undefined)).toMatchObject({ ok: false });
    const { claim } = store;
    vi.spyOn(store, 'claim').mockImplementation(async (...given) => {
      await store.create({ ...known, leaseUntil: 0 });
      const claimed = await claim(...given);
      await store.remove(known.id);
      return claimed;
    });
    expect(await hub.again(known, () => provider, undefined)).toMatchObject({ ok: false });
    expect(provider.asked).toEqual([1, 2]);
  });

  it('is refused while 40 are running', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await halfDone(hub, provider);
    for (let going = 0; going < 40; going++) await started(hub, new ScriptedProvider());
    expect(await hub.again(await stored(live), () => provider, undefined)).toMatchObject({
      ok: false,
      error: { status: 503, code: 'busy' },
    });
    expect((await stored(live)).leaseUntil).toBe(0);
  });
});

describe('Hub.forget', () => {
  it('stops the runs of an experiment, after which nothing of it is kept', async () => {
    const hub = hub0();
    const provider = new ScriptedProvider();
    const live = await started(hub, provider, scriptedRecipe(2));
    const { id } = live.experiment;
    provider.say(1, 'half');
    hub.forget(id);
    await store.remove(id);
    await live.over();
    expect(hub.get(id)).toBeUndefined();
    expect(provider.calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    expect(live.experiment.runs.every(isOver)).toBe(true);
    await settle();
    expect(await store.find(id)).toBeNull();
  });

  it('makes room for another experiment', async () => {
    const hub = hub0();
    const all: LiveExperiment[] = [];
    while (all.length < 40) all.push(await started(hub, new ScriptedProvider()));
    hub.forget(all[0]?.experiment.id ?? '');
    expect((await hub.start(asked(new ScriptedProvider()))).ok).toBe(true);
  });

  it.each(['', 'nothing', '__proto__'])('does nothing for %j', (id) => {
    hub0().forget(id);
  });
});

function hub0(): Hub {
  return new Hub(store, 10_000);
}
