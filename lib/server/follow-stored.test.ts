import { describe, expect, it, vi } from 'vitest';
import type { Numbered } from '@/lib/api/event-stream';
import { ended, failed } from '@/lib/run/records.fixture';
import { type StoredExperiment, StoreError } from '@/lib/store/store';
import { Changes } from './changes';
import { followStored } from './follow-stored';
import { scriptedRecipe } from './scripted-provider.fixture';
import { anExperiment, folded, freshServices } from './services.fixture';

const rig = freshServices();

const never = new AbortController().signal;

/** The one that is there when this is loaded: the clock stands still, but the process goes on between reads. */
const soon = setImmediate;

/** Lets time pass, and everything happen that is ready to. */
async function pass(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => soon(resolve));
  await vi.advanceTimersByTimeAsync(0);
}

const id = anExperiment('x').id;

/** An experiment of three runs that another process holds for so long; 0: nobody does. */
async function keep(leaseMs: number): Promise<StoredExperiment> {
  const leaseUntil = leaseMs === 0 ? 0 : Date.now() + leaseMs;
  await rig.store.create(anExperiment('x', { recipe: scriptedRecipe(3), leaseUntil }));
  return find();
}

async function find(): Promise<StoredExperiment> {
  const stored = await rig.store.find(id);
  if (!stored) throw new Error('It is not stored.');
  return stored;
}

/** Reads as it comes; `all` grows. */
function variant(stored: StoredExperiment, signal = never) {
  const all: Numbered[] = [];
  const batches: number[] = [];
  const state = { all, batches, over: false, failure: undefined as unknown };
  void (async () => {
    try {
      for await (const batch of followStored(stored, signal)) {
        batches.push(batch.length);
        all.push(...batch);
      }
    } catch (error) {
      state.failure = error;
    }
    state.over = true;
  })();
  return state;
}

const statuses = (all: readonly Numbered[]) => folded(all).runs.map(({ status }) => status);

describe('followStored', () => {
  it('gives what is stored of an experiment that nobody runs, and ends', async () => {
    await keep(0);
    await rig.store.saveRun(id, ended(1, 'one'));
    await rig.store.saveRun(id, failed(3, 'server_error', 'thr'));
    const state = variant(await find());
    await vi.waitFor(() => expect(state.over).toBe(true));
    expect(folded(state.all)).toMatchObject({ id, recipe: scriptedRecipe(3), running: false });
    expect(folded(state.all).runs).toMatchObject([
      { status: 'ended', text: 'one' },
      { status: 'queued' },
      { status: 'failed', text: 'thr' },
    ]);
    expect(state.all.at(-1)?.event).toEqual({ type: 'experiment-end', id });
  });

  it('numbers its events one after the other, higher than any log that began at 1', async () => {
    await keep(0);
    await rig.store.saveRun(id, ended(1, 'one'));
    const before = Date.now();
    const state = variant(await find());
    await vi.waitFor(() => expect(state.over).toBe(true));
    const [first] = state.all;
    expect(first?.seq).toBeGreaterThan(before);
    expect(state.all.map(({ seq }) => seq)).toEqual(state.all.map((_, at) => (first?.seq ?? 0) + at));
  });

  it('treats an experiment whose lease has expired as one that nobody runs', async () => {
    vi.useFakeTimers();
    const stored = await keep(5000);
    await pass(5000);
    const state = variant(stored);
    await pass(0);
    expect(state.over).toBe(true);
  });

  it('gives each run once another process has stored it, until that one gives the lease back', async () => {
    vi.useFakeTimers();
    const state = variant(await keep(30_000));
    await pass(0);
    expect(statuses(state.all)).toEqual(['queued', 'queued', 'queued']);
    expect(folded(state.all).running).toBe(true);
    await rig.store.saveRun(id, ended(2, 'two'));
    await pass(0); // it is told
    expect(statuses(state.all)).toEqual(['queued', 'ended', 'queued']);
    await rig.store.saveRun(id, ended(1, 'one'));
    await rig.store.saveRun(id, ended(3, 'three'));
    await rig.store.renew([id], 0);
    await pass(0);
    expect(state.over).toBe(true);
    expect(folded(state.all)).toMatchObject({
      running: false,
      runs: [{ text: 'one' }, { text: 'two' }, { text: 'three' }],
    });
    const { seq } = state.all[0] ?? { seq: 0 };
    expect(state.all.map((each) => each.seq)).toEqual(state.all.map((_, at) => seq + at));
    expect(state.all.filter(({ event }) => event.type === 'run-start').length).toBe(3);
  });

  it('asks for what it was not told of', async () => {
    vi.useFakeTimers();
    const state = variant(await keep(30_000));
    await pass(0);
    vi.spyOn(Changes.prototype, 'tell').mockImplementation(() => {});
    await rig.store.saveRun(id, ended(2, 'two'));
    await pass(5000);
    expect(statuses(state.all)).toEqual(['queued', 'ended', 'queued']);
  });

  it('reads no more of a large one than its reader takes', async () => {
    await keep(0);
    for (const run of [1, 2, 3]) await rig.store.saveRun(id, ended(run, 'x'.repeat(200_000)));
    const reading = vi.spyOn(rig.store, 'findDocuments');
    const events = followStored(await find(), never);
    for (let read = 0; read < 2; read++) {
      await events.next();
      expect(reading).toHaveBeenCalledTimes(read);
    }
    await events.return(undefined);
  });

  it('ends when the lease expires because that process has died', async () => {
    vi.useFakeTimers();
    const state = variant(await keep(10_500));
    await pass(10_000);
    expect(state.over).toBe(false);
    await pass(1000);
    expect(state.over).toBe(true);
    expect(folded(state.all).running).toBe(false);
  });

  it('goes on for as long as the lease is renewed, with a sign of life every five seconds', async () => {
    vi.useFakeTimers();
    const state = variant(await keep(30_000));
    for (let minute = 0; minute < 3; minute++) {
      await rig.store.renew([id], Date.now() + 90_000);
      await pass(60_000);
    }
    expect(state.over).toBe(false);
    expect(state.batches).toEqual([1, ...Array(36).fill(0)]);
  });

  it('gives a run once more if it was run again meanwhile, and nothing else twice', async () => {
    vi.useFakeTimers();
    await keep(30_000);
    await rig.store.saveRun(id, failed(1, 'server_error', 'bad'));
    const state = variant(await find());
    await pass(3000);
    expect(state.all.filter(({ event }) => event.type === 'run-error').length).toBe(1);
    await rig.store.saveRun(id, ended(1, 'good'));
    await pass(3000);
    expect(folded(state.all).runs[0]).toMatchObject({ status: 'ended', text: 'good' });
    expect(state.all.filter(({ event }) => event.type === 'run-start').length).toBe(2);
  });

  it('ends when the experiment is deleted', async () => {
    vi.useFakeTimers();
    const state = variant(await keep(30_000));
    await rig.store.remove(id);
    await pass(1000);
    expect(state.over).toBe(true);
    expect(state.all.at(-1)?.event.type).toBe('experiment-end');
  });

  it('stops asking the store once its reader has gone', async () => {
    vi.useFakeTimers();
    const gone = new AbortController();
    const state = variant(await keep(30_000), gone.signal);
    await pass(2500);
    const finding = vi.spyOn(rig.store, 'findHead');
    gone.abort();
    await pass(5000);
    expect(state.over).toBe(true);
    expect(finding).not.toHaveBeenCalled();
    expect(state.all.map(({ event }) => event.type)).toEqual(['experiment-start']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('breaks off if the store fails, without saying that the experiment is over', async () => {
    vi.useFakeTimers();
    const state = variant(await keep(30_000));
    await pass(0);
    const failure = new StoreError('unreachable', 'Gone.');
    vi.spyOn(rig.store, 'findHead').mockRejectedValueOnce(failure);
    await pass(5000);
    expect(state).toMatchObject({ over: true, failure });
    expect(folded(state.all).running).toBe(true);
  });
});
