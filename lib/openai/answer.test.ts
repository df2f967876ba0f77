import { describe, expect, it, vi } from 'vitest';
import { readAnswer } from './answer';

/** A body that sends one event at once and another whenever it is asked for more; it takes no notice of anybody leaving. */
function endlessBody(): { body: ReadableStream<Uint8Array<ArrayBuffer>>; cancelled: () => boolean } {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      await new Promise((resolve) => setImmediate(resolve));
      if (!cancelled) controller.enqueue(new TextEncoder().encode('data: {"choices":[]}\n\n'));
    },
    cancel: () => {
      cancelled = true;
    },
  });
  return { body, cancelled: () => cancelled };
}

describe('reading an answer', () => {
  it('ends when it is aborted, and leaves the body', async () => {
    const leaving = new AbortController();
    const { body, cancelled } = endlessBody();
    let parts = 0;
    for await (const _ of readAnswer(body, leaving.signal)) if (++parts === 3) leaving.abort();
    expect(parts).toBe(3);
    expect(cancelled()).toBe(true);
  });

  it('ends at once where it was aborted before the body came', async () => {
    const { body, cancelled } = endlessBody();
    let parts = 0;
    for await (const _ of readAnswer(body, AbortSignal.abort())) parts++;
    expect(parts).toBe(0);
    expect(cancelled()).toBe(true);
  });

  /** A body that says that nothing follows, and then does as it is told by `after`. */
  const afterDone = (after: UnderlyingDefaultSource<Uint8Array<ArrayBuffer>>['pull']) => {
    const told = { cancelled: false };
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        start: (controller) => controller.enqueue(new TextEncoder().encode('data: {"choices":[]}\n\ndata: [DONE]\n\n')),
        ...(after ? { pull: after } : {}),
        cancel: () => {
          told.cancelled = true;
        },
      },
      { highWaterMark: 0 },
    );
    return { body, told };
  };

  async function readToDone(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    for await (const _ of readAnswer(body, new AbortController().signal));
    await new Promise((resolve) => setImmediate(resolve));
  }

  it('lets a body end by itself, so that its connection can be used again', async () => {
    const { body, told } = afterDone((controller) => controller.close());
    await readToDone(body);
    expect(told.cancelled).toBe(false);
  });

  it('leaves a body that goes on after it said that nothing follows', async () => {
    const { body, told } = afterDone((controller) => controller.enqueue(new Uint8Array(1)));
    await readToDone(body);
    expect(told.cancelled).toBe(true);
  });

  it('leaves a body that does not end after it said that nothing follows', async () => {
    vi.useFakeTimers();
    const { body, told } = afterDone(() => new Promise(() => {}));
    for await (const _ of readAnswer(body, new AbortController().signal));
    await vi.advanceTimersByTimeAsync(1000);
    expect(told.cancelled).toBe(true);
    vi.useRealTimers();
  });
});
