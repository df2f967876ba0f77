import { describe, expect, it } from 'vitest';
import { type Numbered, readEvents } from './event-stream';

const streamOf = (text: string): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Numbered[]> {
  const events: Numbered[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

// That whatever the server sends is read back, lib/http/sse.test.ts shows.
describe('readEvents', () => {
  it('passes over comments', async () => {
    expect(
      await collect(streamOf(': hello\n\nid: 7\n: in between\ndata: {"type":"run-start","run":1}\n\n: bye\n\n')),
    ).toEqual([{ seq: 7, event: { type: 'run-start', run: 1 } }]);
  });

  it('passes over events of a type that it does not know', async () => {
    const later = 'id: 8\ndata: {"type":"surprise","run":1}\n\n';
    expect(await collect(streamOf(`${later}id: 9\ndata: {"type":"run-start","run":1}\n\n`))).toEqual([
      { seq: 9, event: { type: 'run-start', run: 1 } },
    ]);
  });

  it('leaves out an event that was not sent whole', async () => {
    expect(await collect(streamOf('id: 1\ndata: {"type":"run-start","run":1}\n\nid: 2\ndata: {"type":"run'))).toEqual([
      { seq: 1, event: { type: 'run-start', run: 1 } },
    ]);
  });

  it.each([
    ['without a type', '{"run":1}'],
    ['without a run', '{"type":"run-start"}'],
    ['that is no JSON', 'hello'],
    ['that is null', 'null'],
  ])('throws at an event %s', async (_, data) => {
    await expect(collect(streamOf(`id: 1\ndata: ${data}\n\n`))).rejects.toThrow();
  });

  it('throws if the connection breaks, after what came before', async () => {
    let broken = false;
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (broken) return controller.error(new TypeError('terminated'));
        broken = true;
        controller.enqueue(new TextEncoder().encode('id: 1\ndata: {"type":"run-start","run":1}\n\n'));
      },
    });
    const events = readEvents(body);
    expect((await events.next()).value).toMatchObject({ seq: 1 });
    await expect(events.next()).rejects.toThrow('terminated');
  });

  it('cancels the stream when it is left early', async () => {
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        controller.enqueue(new TextEncoder().encode('id: 1\ndata: {"type":"run-start","run":1}\n\n'));
      },
      cancel() {
        cancelled.resolve();
      },
    });
    for await (const _ of readEvents(body)) break;
    await cancelled.promise;
  });
});
