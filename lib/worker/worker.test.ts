import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ClientOptions, type Outcome, WorkerClient } from './client';
import { InMemoryWorker } from './in-memory.fixture';

type Work = (request: number) => Iterable<number> | AsyncIterable<number>;

/** A client whose workers all do the same work, and its workers. Without work they keep silent until they are told. */
function clientOf(work?: Work, options?: ClientOptions) {
  const workers: InMemoryWorker<number, number>[] = [];
  const client = new WorkerClient<number, number>(() => {
    const worker = new InMemoryWorker(work);
    workers.push(worker);
    return worker;
  }, options);
  const steps: number[] = [];
  const ask = (request: number, signal?: AbortSignal): Promise<Outcome> =>
    client.request(request, { ...(signal ? { signal } : {}), onStep: (step) => steps.push(step) });
  return { client, workers, steps, ask };
}

const requestsOf = ({ received }: InMemoryWorker<number, number> = new InMemoryWorker()): number[] =>
  received.flatMap((message) => (message.kind === 'request' ? [message.request] : []));

/** 1 to `count`. */
function* upTo(count: number): Generator<number> {
  for (let step = 1; step <= count; step++) yield step;
}

const done: Outcome = { kind: 'done' };
const cancelled: Outcome = { kind: 'cancelled' };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets everything happen that is due now. */
const settle = () => vi.advanceTimersByTimeAsync(0);

/** Lets all happen, and gives what the requests ended as. */
async function outcomesOf(...asked: Promise<Outcome>[]): Promise<Outcome[]> {
  await vi.runAllTimersAsync();
  return Promise.all(asked);
}

describe('a worker', () => {
  it('is not started before it is asked', () => {
    expect(clientOf(upTo).workers).toEqual([]);
  });

  it('answers each request with its steps and an end, one request after the other', async () => {
    const { ask, steps, workers } = clientOf(upTo);
    expect(await outcomesOf(ask(3), ask(2), ask(0))).toEqual([done, done, done]);
    expect(steps).toEqual([1, 2, 3, 1, 2]);
    expect(workers.length).toBe(1);
  });

  it('may take its time for a step', async () => {
    const { ask, steps } = clientOf(async function* (request) {
      await new Promise((resolve) => setTimeout(resolve, 5000));
      yield request;
    });
    expect(await outcomesOf(ask(7))).toEqual([done]);
    expect(steps).toEqual([7]);
  });

  it('is sent one request at a time', async () => {
    const { ask, workers } = clientOf();
    const first = ask(1);
    ask(2);
    await settle();
    expect(requestsOf(workers[0])).toEqual([1]);
    workers[0]?.tell({ kind: 'done', id: 1 });
    expect(await first).toEqual(done);
    expect(requestsOf(workers[0])).toEqual([1, 2]);
  });
});

describe('a request that throws', () => {
  it('fails with what was thrown, after the steps before, and the next goes on', async () => {
    const { ask, steps, workers } = clientOf(function* (request) {
      yield request;
      if (request === 1) throw new RangeError('Too much.');
    });
    expect(await outcomesOf(ask(1), ask(2))).toEqual([{ kind: 'failed', message: 'Too much.' }, done]);
    expect(steps).toEqual([1, 2]);
    expect(workers.length).toBe(1);
  });

  it('fails also where it throws at once, or something that is no error', async () => {
    const { ask } = clientOf(() => {
      throw 'no more';
    });
    expect(await outcomesOf(ask(1))).toEqual([{ kind: 'failed', message: 'no more' }]);
  });

  it('fails where an answer cannot be copied to the page', async () => {
    const client = new WorkerClient<number, unknown>(() => new InMemoryWorker(() => [() => 1]));
    const [outcome] = await outcomesOf(client.request(1, { onStep: () => {} }));
    expect(outcome).toMatchObject({ kind: 'failed', message: expect.stringContaining('could not be cloned') });
  });

  it('fails where it cannot be copied to the worker, and the next goes on', async () => {
    const client = new WorkerClient<unknown, number>(() => new InMemoryWorker(() => []));
    const ask = (request: unknown) => client.request(request, { onStep: () => {} });
    expect(
      await outcomesOf(
        ask(() => 1),
        ask(2),
      ),
    ).toMatchObject([{ kind: 'failed' }, done]);
  });
});

describe('a request that is cancelled', () => {
  it('is never sent if it was waiting, or had been cancelled before', async () => {
    const { ask, steps, workers } = clientOf(upTo);
    const leaving = new AbortController();
    const asked = [ask(1), ask(2, leaving.signal), ask(3), ask(4, AbortSignal.abort())];
    leaving.abort();
    expect(await outcomesOf(...asked)).toEqual([done, cancelled, done, cancelled]);
    expect(requestsOf(workers[0])).toEqual([1, 3]);
    expect(steps).toEqual([1, 1, 2, 3]);
  });

  it('ends at once and takes no further step, and the worker gives it up between two steps', async () => {
    const worked: number[] = [];
    const { ask, steps, workers } = clientOf(function* (request) {
      for (const step of upTo(request)) {
        worked.push(step);
        yield step;
      }
    });
    const leaving = new AbortController();
    const first = ask(1000, leaving.signal);
    await settle();
    leaving.abort();
    expect(await first).toEqual(cancelled);
    const before = steps.length;
    expect(await outcomesOf(ask(2))).toEqual([done]);
    expect(steps.slice(before)).toEqual([1, 2]);
    expect(worked.length).toBeLessThan(before + 5);
    expect(workers.length).toBe(1);
  });

  it('lets the worker clean up', async () => {
    let left = false;
    const { ask } = clientOf(function* () {
      try {
        yield* upTo(1000);
      } finally {
        left = true;
      }
    });
    const leaving = new AbortController();
    ask(1, leaving.signal);
    await settle();
    leaving.abort();
    await vi.advanceTimersByTimeAsync(1);
    expect(left).toBe(true);
  });

  it('has no effect once it is over', async () => {
    const { ask, workers } = clientOf(upTo);
    const leaving = new AbortController();
    expect(await outcomesOf(ask(1, leaving.signal))).toEqual([done]);
    leaving.abort();
    expect(await outcomesOf(ask(2))).toEqual([done]);
    expect(workers[0]?.received.map(({ kind }) => kind)).toEqual(['request', 'request']);
  });

  it('costs a worker that will not let go of it its life, and another takes over what waits', async () => {
    const { ask, steps, workers } = clientOf(undefined, { patienceMs: 2000 });
    const leaving = new AbortController();
    const first = ask(1, leaving.signal);
    const second = ask(2);
    leaving.abort();
    expect(await first).toEqual(cancelled);
    await vi.advanceTimersByTimeAsync(1999);
    expect(workers.map(({ ended }) => ended)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
    expect(requestsOf(workers[1])).toEqual([2]);
    workers[0]?.tell({ kind: 'step', id: 2, step: 99 });
    workers[1]?.tell({ kind: 'step', id: 2, step: 5 });
    workers[1]?.tell({ kind: 'done', id: 2 });
    expect(await outcomesOf(second)).toEqual([done]);
    expect(steps).toEqual([5]);
  });

  it('costs nothing if the worker lets go in time', async () => {
    const { ask, workers } = clientOf(undefined, { patienceMs: 2000 });
    const leaving = new AbortController();
    ask(1, leaving.signal);
    leaving.abort();
    workers[0]?.tell({ kind: 'cancelled', id: 1 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(workers.map(({ ended }) => ended)).toEqual([false]);
  });

  it('is waited for as long as it takes where no patience is set', async () => {
    const { ask, workers } = clientOf();
    const leaving = new AbortController();
    ask(1, leaving.signal);
    ask(2);
    leaving.abort();
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(requestsOf(workers[0])).toEqual([1]);
    workers[0]?.tell({ kind: 'done', id: 1 });
    await settle();
    expect(requestsOf(workers[0])).toEqual([1, 2]);
  });
});

describe('a worker that breaks', () => {
  it('loses whatever was asked, and another is started for what is asked then', async () => {
    const { ask, workers } = clientOf();
    const asked = [ask(1), ask(2)];
    workers[0]?.break();
    expect(await Promise.all(asked)).toEqual([{ kind: 'lost' }, { kind: 'lost' }]);
    const again = ask(3);
    workers[1]?.tell({ kind: 'done', id: 3 });
    expect(await again).toEqual(done);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('says nothing more once another has taken its place', async () => {
    const { ask, workers } = clientOf();
    ask(1);
    workers[0]?.break();
    const second = ask(2);
    workers[0]?.break();
    workers[1]?.tell({ kind: 'done', id: 2 });
    expect(await second).toEqual(done);
  });
});

describe('a client that is closed', () => {
  it('cancels everything, ends its worker, and can be asked again', async () => {
    const { ask, client, workers } = clientOf();
    const asked = [ask(1), ask(2)];
    client.close();
    expect(await Promise.all(asked)).toEqual([cancelled, cancelled]);
    const again = ask(3);
    workers[1]?.tell({ kind: 'done', id: 3 });
    expect(await again).toEqual(done);
    expect(workers.map(({ ended }) => ended)).toEqual([true, false]);
  });

  it('does nothing if it was never asked', () => {
    const { client, workers } = clientOf();
    client.close();
    expect(workers).toEqual([]);
  });
});
