import { describe, expect, it } from 'vitest';
import type { LensAnswer, LensRequest } from '@/lib/lens/lens';
import type { LensMessage } from './lens.worker';
import { LensLine, type LensWorker } from './lens-line';

/** A worker that keeps what it is sent, and answers when told to. */
class WaitingWorker implements LensWorker {
  onmessage: LensWorker['onmessage'] = null;
  onerror: LensWorker['onerror'] = null;
  readonly received: LensMessage[] = [];
  ended = false;

  postMessage(message: LensMessage): void {
    this.received.push(message);
  }

  terminate(): void {
    this.ended = true;
  }

  answer(answer: LensAnswer): void {
    const id = this.received.at(-1)?.id;
    Reflect.apply(this.onmessage ?? (() => {}), this, [{ data: { id, answer } }]);
  }
}

function open(): { line: LensLine; workers: WaitingWorker[] } {
  const workers: WaitingWorker[] = [];
  const line = new LensLine(() => {
    workers.push(new WaitingWorker());
    return workers.at(-1) ?? new WaitingWorker();
  });
  return { line, workers };
}

const ask = (temperature: number): LensRequest => ({ kind: 'reshape', places: [], sliders: { temperature, top_p: 1 } });
const answer: LensAnswer = { kind: 'reshaped', reshaped: [] };

describe('LensLine', () => {
  it('starts no worker before it is asked, and has one thing under way at a time', async () => {
    const { line, workers } = open();
    expect(workers).toEqual([]);
    const both = Promise.all([line.ask(ask(1)), line.ask(ask(2))]);
    expect(workers[0]?.received.map((message) => message.ask)).toEqual([ask(1)]);
    workers[0]?.answer(answer);
    expect(workers[0]?.received.map((message) => message.ask)).toEqual([ask(1), ask(2)]);
    workers[0]?.answer({ kind: 'retraced', moments: [] });
    expect(await both).toEqual([answer, { kind: 'retraced', moments: [] }]);
    expect(workers.length).toBe(1);
  });

  it('never sends what was cancelled while it waited', async () => {
    const { line, workers } = open();
    const cancelled = new AbortController();
    const all = [
      line.ask(ask(1)),
      line.ask(ask(2), cancelled.signal),
      line.ask(ask(3)),
      line.ask(ask(4), AbortSignal.abort()),
    ];
    cancelled.abort();
    workers[0]?.answer(answer);
    workers[0]?.answer(answer);
    expect(await Promise.all(all)).toEqual([answer, { kind: 'cancelled' }, answer, { kind: 'cancelled' }]);
    expect(workers[0]?.received.map((message) => message.ask)).toEqual([ask(1), ask(3)]);
  });

  it('passes over the answer to what was cancelled under way', async () => {
    const { line, workers } = open();
    const cancelled = new AbortController();
    const first = line.ask(ask(1), cancelled.signal);
    const second = line.ask(ask(2));
    cancelled.abort();
    expect(await first).toEqual({ kind: 'cancelled' });
    workers[0]?.answer({ kind: 'retraced', moments: [] });
    workers[0]?.answer(answer);
    expect(await second).toEqual(answer);
  });

  it('says so when the worker breaks, and starts another for what is asked then', async () => {
    const { line, workers } = open();
    const all = [line.ask(ask(1)), line.ask(ask(2))];
    Reflect.apply(workers[0]?.onerror ?? (() => {}), workers[0], [{}]);
    const failed = { kind: 'failed', why: 'unreachable' };
    expect(await Promise.all(all)).toEqual([failed, failed]);
    const again = line.ask(ask(3));
    workers[1]?.answer(answer);
    expect(await again).toEqual(answer);
    expect([workers[0]?.ended, workers[1]?.ended]).toEqual([true, false]);
  });

  it('cancels everything when it is closed, and can be asked again', async () => {
    const { line, workers } = open();
    const asked = line.ask(ask(1));
    line.close();
    expect(await asked).toEqual({ kind: 'cancelled' });
    expect(workers[0]?.ended).toBe(true);
    line.ask(ask(2));
    expect(workers[1]?.received.length).toBe(1);
  });
});
