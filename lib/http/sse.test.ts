import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Numbered, readEvents } from '@/lib/api/event-stream';
import { cases } from '@/lib/cases.fixture';
import { exampleRecipe } from '@/lib/recipe/example';
import { plan } from '@/lib/recipe/plan';
import type { RunEvent } from '@/lib/run/events';
import { sseResponse } from './sse';

const delta = (text: string): RunEvent => ({ type: 'text-delta', run: 1, text });
const numbered = (events: readonly RunEvent[]): Numbered[] => events.map((event, at) => ({ seq: at + 1, event }));

async function* batchesOf(...batches: Numbered[][]): AsyncGenerator<Numbered[]> {
  yield* batches;
}

const bodyOf = (response: Response): ReadableStream<Uint8Array<ArrayBuffer>> => {
  if (!response.body) throw new Error('A stream of events has a body.');
  return response.body;
};

const inPieces = (pieces: readonly Uint8Array<ArrayBuffer>[]): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(piece);
      controller.close();
    },
  });

async function collect(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<Numbered[]> {
  const events: Numbered[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

/** Lets everything happen that is ready to. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A source of one delta after the other, which tells how often it was asked and whether it was let go. */
function endless() {
  const told = { asked: 0, over: false, signal: new AbortController().signal };
  const batches = (signal: AbortSignal) => {
    told.signal = signal;
    return (async function* (): AsyncGenerator<Numbered[]> {
      try {
        while (true) {
          told.asked++;
          yield [{ seq: told.asked, event: delta('a') }];
        }
      } finally {
        told.over = true;
      }
    })();
  };
  return { told, batches };
}

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(fc.constantFrom('\n', '\r', 'data: ', 'id: 7\n\n', ':', '\u2028', '\0'), { maxLength: 6 })
    .map((all) => all.join('')),
);
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((value) => value + 0);
const run = fc.integer({ min: 1, max: 100 });
const bytes = fc.option(fc.array(fc.nat({ max: 255 }), { maxLength: 4 }));
const token = fc.record({
  token: text,
  logprob: finite,
  bytes,
  top_logprobs: fc.array(fc.record({ token: text, logprob: finite, bytes }), { maxLength: 2 }),
});
const usage = fc.record({ prompt_tokens: fc.nat(), completion_tokens: fc.nat(), total_tokens: fc.nat() });
const anyEvent: fc.Arbitrary<RunEvent> = fc.oneof(
  fc.record({ type: fc.constant('text-delta' as const), run, text }),
  fc.record({ type: fc.constant('text-delta' as const), run, text, tokens: fc.array(token, { maxLength: 2 }) }),
  fc.record({ type: fc.constant('run-start' as const), run }),
  fc.record({ type: fc.constant('experiment-end' as const), id: text }),
  fc.record({
    type: fc.constant('experiment-start' as const),
    id: text,
    recipe: text.map((title) => ({ ...exampleRecipe, title })),
    runs: fc.constant(plan(exampleRecipe)),
  }),
  fc.record({
    type: fc.constant('run-end' as const),
    run,
    finish: text,
    model: text,
    fingerprints: fc.array(text, { maxLength: 2 }),
    usage: fc.option(usage),
    requestId: fc.option(text),
    attempts: fc.nat({ max: 9 }),
    timing: fc.record({ queuedMs: finite, firstTextMs: fc.option(finite), totalMs: finite }),
  }),
  fc.record({
    type: fc.constant('run-error' as const),
    run,
    error: fc.record({
      code: text,
      message: text,
      status: fc.option(fc.integer({ min: 100, max: 599 })),
      param: fc.option(text),
      retryable: fc.boolean(),
    }),
  }),
);

describe('sseResponse', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('frames each event with its number and one line of data', async () => {
    const response = sseResponse(() => batchesOf(numbered([delta('a\nb'), { type: 'run-start', run: 2 }])));
    expect(await response.text()).toBe(
      'id: 1\ndata: {"type":"text-delta","run":1,"text":"a\\nb"}\n\nid: 2\ndata: {"type":"run-start","run":2}\n\n',
    );
  });

  it('sends a comment for an empty batch', async () => {
    expect(await sseResponse(() => batchesOf([])).text()).toBe(': still here\n\n');
  });

  it('tells caches not to store it and proxies not to hold it back', () => {
    const { headers } = sseResponse(() => batchesOf());
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
  });

  it('adds the given headers to its own', () => {
    const { headers } = sseResponse(() => batchesOf(), { 'set-cookie': 'a=b; HttpOnly' });
    expect(headers.get('set-cookie')).toBe('a=b; HttpOnly');
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store, no-transform');
  });

  it('asks its source for no more while its reader does not read', async () => {
    const { told, batches } = endless();
    const reader = bodyOf(sseResponse(batches)).getReader();
    for (let turn = 0; turn < 20; turn++) await settle();
    expect(told.asked).toBe(1);
    await reader.read();
    for (let turn = 0; turn < 20; turn++) await settle();
    expect(told.asked).toBe(2);
    await reader.cancel();
  });

  it('writes a long batch in pieces, of one event at least', async () => {
    const events = numbered(Array.from({ length: 100 }, (_, at) => delta(String(at).repeat(5000))));
    const pieces: number[] = [];
    for await (const piece of bodyOf(sseResponse(() => batchesOf(events)))) pieces.push(piece.length);
    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces)).toBeLessThan(80 * 1024);
    expect(await collect(bodyOf(sseResponse(() => batchesOf(events))))).toEqual(events);
  });

  it('ends its source when the reader leaves while it waits for events', async () => {
    let signal = new AbortController().signal;
    const response = sseResponse((gone) => {
      signal = gone;
      return (async function* () {
        yield numbered([delta('a')]);
        await new Promise((resolve) => gone.addEventListener('abort', resolve));
      })();
    });
    const reader = bodyOf(response).getReader();
    await reader.read();
    await settle();
    expect(signal.aborted).toBe(false);
    await reader.cancel();
    expect(signal.aborted).toBe(true);
  });

  it('ends its source when the reader leaves without having read', async () => {
    const { told, batches } = endless();
    const response = sseResponse(batches);
    await settle();
    await bodyOf(response).cancel();
    expect(told.signal.aborted).toBe(true);
    await vi.waitFor(() => expect(told.over).toBe(true), { timeout: 10_000 });
  });

  it('drops a reader that has read nothing for 15 seconds, and ends its source', async () => {
    vi.useFakeTimers();
    const { told, batches } = endless();
    const reader = bodyOf(sseResponse(batches)).getReader();
    await vi.advanceTimersByTimeAsync(14_000);
    expect(told.signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2000);
    expect(told.signal.aborted).toBe(true);
    await expect(reader.read()).rejects.toThrow('did not read');
    expect(told.over).toBe(true);
  });

  it('keeps a reader that reads now and then', async () => {
    vi.useFakeTimers();
    const { told, batches } = endless();
    const reader = bodyOf(sseResponse(batches)).getReader();
    for (let times = 0; times < 5; times++) {
      await vi.advanceTimersByTimeAsync(12_000);
      expect((await reader.read()).done).toBe(false);
    }
    expect(told.signal.aborted).toBe(false);
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('breaks off when its source fails', async () => {
    const failing = async function* (): AsyncGenerator<Numbered[]> {
      yield numbered([delta('a')]);
      throw new Error('lost');
    };
    const reader = bodyOf(sseResponse(failing)).getReader();
    await reader.read();
    await expect(reader.read()).rejects.toThrow('lost');
  });
});

describe('an event stream', () => {
  it('is read back by readEvents, however the bytes are cut, with its heartbeats', async () => {
    const batches = fc.array(fc.array(anyEvent, { maxLength: 3 }), { maxLength: 5 });
    const cuts = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(batches, cuts, async (lists, shares) => {
        let seq = 0;
        const sent = lists.map((events) => events.map((event) => ({ seq: ++seq, event })));
        const whole = new Uint8Array(await sseResponse(() => batchesOf(...sent)).arrayBuffer());
        const borders = [
          0,
          ...shares.map((share) => Math.floor(share * whole.length)).sort((a, b) => a - b),
          whole.length,
        ];
        const pieces = borders.slice(1).map((border, at) => whole.slice(borders[at], border));
        expect(await collect(inPieces(pieces))).toEqual(sent.flat());
      }),
      { seed: 20, numRuns: cases(300) },
    );
  });

  it('may have numbers as large as the time in milliseconds', async () => {
    const sent: Numbered[] = [{ seq: 1_795_369_300_355, event: { type: 'run-start', run: 1 } }];
    expect(await collect(bodyOf(sseResponse(() => batchesOf(sent))))).toEqual(sent);
  });

  it('is read back byte by byte', async () => {
    const sent = numbered([delta('é🌱\r\n'), { type: 'run-start', run: 1 }]);
    const whole = new Uint8Array(await sseResponse(() => batchesOf(sent)).arrayBuffer());
    expect(await collect(inPieces(Array.from(whole, (byte) => Uint8Array.of(byte))))).toEqual(sent);
  });

  it('ends its source when its reader leaves early', async () => {
    const { told, batches } = endless();
    for await (const { seq } of readEvents(bodyOf(sseResponse(batches)))) if (seq === 3) break;
    await vi.waitFor(() => expect(told.signal.aborted).toBe(true));
  });
});
