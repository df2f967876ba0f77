import { describe, expect, it } from 'vitest';
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
});
