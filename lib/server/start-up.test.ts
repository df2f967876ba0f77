import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endedWith } from '@/lib/run/records.fixture';
import { type Store, StoreError } from '@/lib/store/store';
import { takeLog } from '@/lib/telemetry/log.fixture';
import { scriptedRecipe } from './scripted-provider.fixture';
import { anExperiment, begin, installServices, newVisitor, type Rig } from './services.fixture';
import { startUp } from './start-up';

const day = 24 * 3600 * 1000;
const signals = ['SIGTERM', 'SIGINT'] as const;

let rig: Rig;
let said: string[];
/** Listeners that were there before: those that a test adds go again. */
const before = new Map(signals.map((signal) => [signal, process.listeners(signal)]));

beforeEach(() => {
  rig = installServices({ RETENTION_DAYS: '30' });
  said = takeLog('warn');
});
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const signal of signals)
    for (const listener of process.listeners(signal))
      if (!before.get(signal)?.includes(listener)) process.off(signal, listener);
  await rig.remove();
});

/** Keeps an experiment that was made so many days ago. */
async function keep(name: string, days: number, change: Parameters<typeof anExperiment>[1] = {}): Promise<string> {
  const experiment = anExperiment(name, { createdAt: Date.now() - days * day, ...change });
  await rig.store.create(experiment, endedWith('text'));
  return experiment.id;
}

/** Starts up, and waits until the store has been asked all that it is asked then. */
async function boot(): Promise<void> {
  const asked = [vi.spyOn(rig.store, 'check'), vi.spyOn(rig.store, 'purge')];
  await startUp();
  const settled = () => asked.map(({ mock }) => mock.settledResults.some(({ type }) => type !== 'incomplete'));
  await vi.waitFor(() => expect(settled()).toEqual([true, true]));
}

const left = async (ids: readonly string[]): Promise<string[]> => {
  const found = await Promise.all(ids.map((id) => rig.store.find(id)));
  return found.flatMap((each) => each?.id ?? []);
};

describe('the start-up', () => {
  it('deletes what nobody has shared in RETENTION_DAYS, and nothing else', async () => {
    const shared = await keep('shared', 400);
    await rig.store.share(shared, 1, 'hash', new Uint8Array());
    const young = await keep('young', 29.9);
    const running = await keep('running', 31, { leaseUntil: Date.now() + 30_000 });
    const all = [await keep('old', 30.1), shared, young, running, await keep('ancient', 4000)];
    await boot();
    await vi.waitFor(async () => expect(await left(all)).toEqual([shared, young, running]));
    expect(said).toEqual([]);
  });

  it('goes on to delete what expires later, within the hour', async () => {
    vi.useFakeTimers();
    const id = await keep('soon', 29.99);
    await startUp();
    await vi.advanceTimersByTimeAsync(0);
    expect(await left([id])).toEqual([id]);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(await left([id])).toEqual([]);
  });

  it.each(['check', 'purge'] as const satisfies (keyof Store)[])(
    'tells the operator if the store fails (%s), and goes on',
    async (method) => {
      const error = new StoreError('locked', 'Another Seedbed process uses this data folder.');
      vi.spyOn(rig.store, method).mockRejectedValue(error);
      await boot();
      await vi.waitFor(() => expect(said).toEqual([expect.stringContaining(error.message)]));
    },
  );

  it('leaves a store that cannot be opened to be tried again, without a restart', async () => {
    vi.useFakeTimers();
    writeFileSync(join(rig.folder, 'seedbed.sqlite'), 'This is no database.'.repeat(500));
    await startUp();
    await vi.advanceTimersByTimeAsync(0);
    expect(said.length).toBe(2);
    writeFileSync(join(rig.folder, 'seedbed.sqlite'), '');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(said.length).toBe(2);
    await rig.store.check();
  });

  it.each(signals)('arranges that %s stops the runs, and that what had arrived is stored', async (signal) => {
    const { id } = await begin(scriptedRecipe(2), newVisitor());
    const live = rig.hub.get(id);
    await boot();
    const added = process.listeners(signal).filter((listener) => !before.get(signal)?.includes(listener));
    for (const listener of added) Reflect.apply(listener, process, [signal]);
    expect(added.length).toBe(1);
    await live?.over();
    expect((await rig.store.find(id))?.runs).toMatchObject([{ finish: 'aborted' }, { finish: 'aborted' }]);
  });
});
