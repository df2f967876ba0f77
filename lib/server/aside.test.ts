import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { Aside, type AsideWorker, type Asked, type Told } from './aside';
import { workerInside } from './aside.fixture';
import type { Unread } from './unread';

/** Workers that do nothing until they are told what to tell. */
function idleWorkers() {
  const started: { events: EventEmitter; asked: Asked[]; terminated: boolean }[] = [];
  const start = (): AsideWorker => {
    const worker = { events: new EventEmitter(), asked: [] as Asked[], terminated: false };
    started.push(worker);
    return {
      on: (event, listener) => worker.events.on(event, listener),
      postMessage: (asked) => worker.asked.push(asked),
      terminate: async () => {
        worker.terminated = true;
        return 1;
      },
    };
  };
  const tell = (at: number, told: Told) => started[at]?.events.emit('message', told);
  return { started, start, tell };
}

const saved = {
  ...{ id: 'x', recipe: aRecipe(), title: null, createdAt: '', sharedAt: null, parent: null, origin: 'run' as const },
};
const unread: Unread = {
  ...{ saved, live: [ended(1, 'a text'), ended(2, 'a text')] },
  ...{ documents: [], inside: [] },
};
const heavy = { visitor: 'anna', weight: 1e6, ms: 1000 };
/** Lets a task that waited for its turn get what it is asked. */
const settle = () => new Promise((resolve) => setImmediate(resolve));
const labelOf = ({ given }: Asked): unknown => given[0];

describe('what is done aside', () => {
  it('gives what the task gives, by a worker or at once if it is light', async () => {
    const start = vi.fn(workerInside);
    const aside = new Aside(start);
    const light = await aside.do({ ...heavy, weight: 10 }, 'badge', unread);
    expect(start).not.toHaveBeenCalled();
    expect(await aside.do(heavy, 'badge', unread)).toEqual(light);
    await aside.do(heavy, 'badge', unread);
    expect(start).toHaveBeenCalledTimes(1);
  });

  it('goes round among visitors, in as many workers as there may be', async () => {
    const { started, start, tell } = idleWorkers();
    const aside = new Aside(start, 1);
    const ask = (visitor: string, title: string) =>
      void aside.do({ ...heavy, visitor }, 'badge', { ...unread, saved: { ...saved, title } });
    for (const title of ['a1', 'a2', 'a3']) ask('anna', title);
    ask('bert', 'b1');
    await settle();
    for (let done = 0; done < 4; done++) {
      tell(0, { kind: 'done', value: null });
      await Promise.resolve().then(() => undefined);
      await vi.waitFor(() => expect(started[0]?.asked.length).toBe(Math.min(4, done + 2)));
    }
    expect(started).toHaveLength(1);
    expect(started[0]?.asked.map(labelOf)).toMatchObject([
      { saved: { title: 'a1' } },
      { saved: { title: 'a2' } },
      { saved: { title: 'b1' } },
      { saved: { title: 'a3' } },
    ]);
  });

  it('has what it is asked got once it is its turn, and is not begun where that fails', async () => {
    const { started, start, tell } = idleWorkers();
    const aside = new Aside(start, 1);
    const read = vi.fn(async () => unread);
    const first = aside.do(heavy, 'badge', read);
    const failing = expect(
      aside.do(heavy, 'badge', async () => {
        throw new Error('The store is away.');
      }),
    ).rejects.toThrow('The store is away.');
    const last = aside.do(heavy, 'badge', read);
    await vi.waitFor(() => expect(started[0]?.asked.length).toBe(1));
    expect(read).toHaveBeenCalledTimes(1);
    tell(0, { kind: 'done', value: 'first' });
    expect(await first).toBe('first');
    await failing;
    await vi.waitFor(() => expect(started[0]?.asked.length).toBe(2));
    expect(read).toHaveBeenCalledTimes(2);
    tell(0, { kind: 'done', value: 'last' });
    expect(await last).toBe('last');
  });

  it('is ended with its worker if it takes too long, and the next has a new one', async () => {
    vi.useFakeTimers();
    const { started, start } = idleWorkers();
    const aside = new Aside(start, 1);
    const late = expect(aside.do(heavy, 'badge', unread)).rejects.toMatchObject({ kind: 'late' });
    const next = expect(aside.do(heavy, 'badge', unread)).rejects.toMatchObject({ kind: 'lost' });
    await vi.advanceTimersByTimeAsync(1000);
    await late;
    expect(started.map(({ terminated }) => terminated)).toEqual([true, false]);
    started[1]?.events.emit('error', new Error('out of memory'));
    await next;
    vi.useRealTimers();
  });

  it('is not begun, and ended with its worker if it was, once whoever asked has left', async () => {
    const { started, start, tell } = idleWorkers();
    const aside = new Aside(start, 1);
    const [working, waiting] = [new AbortController(), new AbortController()];
    const ask = (left?: AbortSignal) => aside.do({ ...heavy, left }, 'badge', unread);
    const begun = expect(ask(working.signal)).rejects.toMatchObject({ kind: 'left' });
    const queued = expect(ask(waiting.signal)).rejects.toMatchObject({ kind: 'left' });
    const last = ask();
    await settle();
    waiting.abort();
    working.abort();
    await Promise.all([begun, queued]);
    await settle();
    expect(started.map(({ terminated, asked }) => [terminated, asked.length])).toEqual([
      [true, 1],
      [false, 1],
    ]);
    tell(1, { kind: 'done', value: 'compared' });
    expect(await last).toBe('compared');
  });

  it('keeps workers that have worked for ten seconds, since they hold on to memory, and then has a new one ready', async () => {
    vi.useFakeTimers();
    const { started, start, tell } = idleWorkers();
    const aside = new Aside(start);
    const done = aside.do(heavy, 'badge', unread);
    await vi.advanceTimersByTimeAsync(0);
    tell(0, { kind: 'done', value: null });
    await done;
    await vi.advanceTimersByTimeAsync(9000);
    expect(started.map(({ terminated }) => terminated)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1000);
    expect(started.map(({ terminated }) => terminated)).toEqual([true, false]);
    await vi.advanceTimersByTimeAsync(60_000);
    void aside.do(heavy, 'badge', unread);
    await vi.advanceTimersByTimeAsync(0);
    expect(started.map(({ asked }) => asked.length)).toEqual([1, 1]);
    vi.useRealTimers();
  });

  it('fails as the task does', async () => {
    const { start, tell } = idleWorkers();
    const aside = new Aside(start);
    const failing = expect(aside.do(heavy, 'badge', unread)).rejects.toThrow('broken');
    await settle();
    tell(0, { kind: 'failed', message: 'broken' });
    await failing;
  });

  it('is refused to a visitor of whom 32 tasks wait, and to no other', async () => {
    const { started, start } = idleWorkers();
    const aside = new Aside(start, 1);
    for (let count = 0; count < 33; count++) void aside.do(heavy, 'badge', unread);
    await expect(aside.do(heavy, 'badge', unread)).rejects.toMatchObject({ kind: 'crowded' });
    void aside.do({ ...heavy, visitor: 'bert' }, 'badge', unread);
    expect(started[0]?.asked).toHaveLength(1);
  });
});
