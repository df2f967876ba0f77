import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Deadline } from './deadline';

const limits = { connectMs: 1000, firstTextMs: 20, silenceMs: 1000, totalMs: 10_000 };

/** Holds the process, as a long calculation does. */
function hold(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

describe('a deadline', () => {
  it('is not missed by text that was there while the process was held', async () => {
    const deadline = new Deadline(new AbortController().signal, limits);
    hold(40);
    // What has arrived is read once timers that are due have been called.
    setImmediate(() => deadline.progress());
    await wait(10);
    expect(deadline.reason).toBeNull();
    deadline.clear();
  });

  it('is missed where no text comes', async () => {
    const deadline = new Deadline(new AbortController().signal, limits);
    await new Promise((missed) => deadline.signal.addEventListener('abort', missed));
    expect(deadline.reason).toBe('firstTextMs');
    deadline.clear();
  });
});
