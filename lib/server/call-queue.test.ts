import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { CallQueue } from './call-queue';
import { settle } from './scripted-provider.fixture';

/** A queue whose calls are named, and end when they are told to. */
function namedCalls(atOnce: number) {
  const queue = new CallQueue(atOnce);
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const stops = new Map<string, AbortController>();
  return {
    queue,
    started,
    async call(experiment: string, name: string, visitor = experiment) {
      const stop = new AbortController();
      stops.set(name, stop);
      const leave = await queue.enter({ visitor, experiment }, stop.signal);
      ends.set(name, leave);
      if (!stop.signal.aborted) started.push(name);
    },
    async end(name: string) {
      ends.get(name)?.();
      ends.delete(name);
      await settle();
    },
    async stop(name: string) {
      stops.get(name)?.abort();
      await settle();
    },
    going: () => [...ends.keys()],
  };
}

describe('a queue of calls', () => {
  it('lets so many through at once, and the next when one is over', async () => {
    const { queue, call, end, started } = namedCalls(2);
    for (const name of ['1', '2', '3', '4']) void call('a', name);
    await settle();
    expect([started, queue.inFlight, queue.waiting]).toEqual([['1', '2'], 2, 2]);
    await end('2');
    expect([started, queue.inFlight, queue.waiting]).toEqual([['1', '2', '3'], 2, 1]);
  });

  it('takes experiments in turn', async () => {
    const { call, end, started } = namedCalls(1);
    for (const name of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) void call(name.slice(0, 1), name);
    await settle();
    for (let at = 0; at < 6; at++) await end(started.at(-1) ?? '');
    expect(started).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  });

  it('takes visitors in turn, however many experiments one has', async () => {
    const { call, end, started } = namedCalls(1);
    for (const name of ['a1', 'b1', 'c1', 'd1']) void call(name.slice(0, 1), name, 'anna');
    for (const name of ['e1', 'e2']) void call('e', name, 'ben');
    await settle();
    for (let at = 0; at < 6; at++) await end(started.at(-1) ?? '');
    expect(started).toEqual(['a1', 'b1', 'e1', 'c1', 'e2', 'd1']);
  });

  it('lets go what is stopped while it waits, and keeps no place for it', async () => {
    const { queue, call, end, stop, started } = namedCalls(1);
    for (const name of ['1', '2', '3']) void call('a', name);
    await settle();
    await stop('2');
    expect(queue.waiting).toBe(1);
    await end('2');
    expect(started).toEqual(['1']);
    await end('1');
    expect(started).toEqual(['1', '3']);
    await end('3');
    expect([queue.inFlight, queue.waiting]).toEqual([0, 0]);
  });

  it('does not keep waiting what was stopped before it came', async () => {
    const queue = new CallQueue(1);
    await queue.enter({ visitor: 'a', experiment: '1' }, new AbortController().signal);
    const leave = await queue.enter({ visitor: 'a', experiment: '1' }, AbortSignal.abort());
    leave();
    expect(queue.inFlight).toBe(1);
  });

  it('never has more under way than it may, nor a free place while somebody waits', async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('call' as const),
        experiment: fc.constantFrom('a', 'b', 'c'),
        visitor: fc.constantFrom('anna', 'ben'),
      }),
      fc.record({ do: fc.constantFrom('end' as const, 'stop' as const), at: fc.nat(20) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 3 }), fc.array(step, { maxLength: 40 }), async (atOnce, steps) => {
        const { queue, call, end, stop, going } = namedCalls(atOnce);
        for (const [index, each] of steps.entries()) {
          if (each.do === 'call') void call(each.experiment, String(index), each.visitor);
          else if (each.do === 'stop') await stop(String(each.at));
          else await end(going()[each.at % Math.max(going().length, 1)] ?? '');
          await settle();
          expect(queue.inFlight).toBeLessThanOrEqual(atOnce);
          if (queue.waiting > 0) expect(queue.inFlight).toBe(atOnce);
        }
        for (let name = going()[0]; name !== undefined; name = going()[0]) await end(name);
        expect([queue.inFlight, queue.waiting]).toEqual([0, 0]);
      }),
      { seed: 15, numRuns: cases(60) },
    );
  });
});
