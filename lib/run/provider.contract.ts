import { beforeAll, describe, expect, it } from 'vitest';
import type { ChatRequest } from '@/lib/recipe/recipe';
import { withMessages } from './exchange';
import type { Provider, ProviderEvent, RunCall } from './provider';
import { Endpoint, Exchange, RunEvent } from './schema';

/** A provider, and requests that lead to each possible outcome of a run. */
export type ProviderUnderTest = {
  provider: Provider;
  /** is answered with some text */
  answered: ChatRequest;
  /** is answered so slowly that more than `promptlyMs` pass between two pieces of text */
  slow: Pick<RunCall, 'request' | 'pace'>;
  /** is refused by the service */
  refused: ChatRequest;
};

/** An event with its exchange, if it has one. */
const withExchange = (event: ProviderEvent): ProviderEvent & { exchange?: unknown } => event;

/** An abort must take effect within this time. */
const promptlyMs = 500;

/** What comes in time, or an error. A timer of our own tells: on a machine that stalls it is as late as the rest. */
async function promptly<T>(coming: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`Nothing came within ${promptlyMs} ms.`)), promptlyMs);
  try {
    return await Promise.race([coming, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** What every provider must do (see `Provider`), a remote service as well as Seedling. */
export function providerContract(name: string, makeProvider: () => ProviderUnderTest): void {
  describe(`the provider ${name}`, () => {
    let under: ProviderUnderTest;
    let nextRun = 1;
    beforeAll(() => {
      under = makeProvider();
    });

    const callFor = (request: ChatRequest, changes: Partial<RunCall> = {}): RunCall => ({
      spec: { run: nextRun++, arm: 0, repeat: 1, seed: request.seed ?? null, model: request.model },
      request,
      signal: new AbortController().signal,
      queuedMs: 0,
      ...changes,
    });

    const run = (call: RunCall): Promise<ProviderEvent[]> => collect(under.provider.run(call));

    it('says where it sends its calls, or that they stay inside this server', () => {
      const { endpoint } = under.provider;
      expect(Endpoint.nullable().parse(endpoint)).toEqual(endpoint);
    });

    it('ends an answered run with one run-end, last, after the text', async () => {
      const events = await run(callFor(under.answered));
      expect(events.length).toBeGreaterThan(1);
      expect(events.slice(0, -1).map(({ type }) => type)).toEqual(Array(events.length - 1).fill('text-delta'));
      expect(events.at(-1)).toMatchObject({ type: 'run-end', attempts: 1 });
      expect(textOf(events)).not.toBe('');
    });

    it('ends a refused run with one run-error and nothing else', async () => {
      const events = await run(callFor(under.refused));
      expect(events).toMatchObject([{ type: 'run-error', error: { retryable: false } }]);
      const [event] = events;
      if (event?.type !== 'run-error') return;
      expect(event.error.code).toMatch(/^[a-z_]+$/);
      expect(event.error.message).toMatch(/\w.*\.$/s);
    });

    it('gives nothing but valid events of that one run', async () => {
      for (const request of [under.answered, under.refused]) {
        const call = callFor(request);
        for (const { exchange: _, ...event } of (await run(call)).map(withExchange)) {
          expect(RunEvent.parse(event)).toEqual(event);
          expect(event.run).toBe(call.spec.run);
        }
      }
    });

    it('tells at the end of a run what was sent for it, and what came back', async () => {
      for (const request of [under.answered, under.refused]) {
        const last = (await run(callFor(request))).at(-1);
        const exchange = Exchange.parse(last && withExchange(last).exchange);
        expect(exchange.response?.status === 200).toBe(request === under.answered);
        const body = withMessages(exchange.request.body ?? '', request.messages);
        expect(JSON.parse(body)).toMatchObject({ ...request });
      }
    });

    it('keeps concurrent runs apart', async () => {
      const calls = [under.answered, under.refused, under.answered].map((request) => callFor(request));
      const [first = [], second = [], third = []] = await Promise.all(calls.map(run));
      expect([first, second, third].map((events) => events.at(-1)?.type)).toEqual(['run-end', 'run-error', 'run-end']);
      expect(textOf(first)).not.toBe('');
      for (const [at, events] of [first, second, third].entries())
        expect(new Set(events.map(({ run }) => run))).toEqual(new Set([calls[at]?.spec.run]));
    });

    it('gives a run plausible times', async () => {
      const began = performance.now();
      const end = (await run(callFor(under.answered, { queuedMs: 1234.5 }))).at(-1);
      const took = performance.now() - began;
      if (end?.type !== 'run-end') throw new Error(`Expected a run-end, not ${JSON.stringify(end)}`);
      const { queuedMs, firstTextMs, totalMs } = end.timing;
      expect(queuedMs).toBe(1234.5);
      expect(firstTextMs).toBeGreaterThanOrEqual(0);
      expect(totalMs).toBeGreaterThanOrEqual(firstTextMs ?? Number.NaN);
      expect(totalMs).toBeLessThanOrEqual(took);
    });

    it('ends a run that is aborted before its start as aborted, without text', async () => {
      const events = await run(callFor(under.answered, { signal: AbortSignal.abort() }));
      expect(events).toMatchObject([
        { type: 'run-end', finish: 'aborted', usage: null, timing: { firstTextMs: null } },
      ]);
    });

    it('ends a run that is aborted midway as aborted, promptly, with the text that had arrived', async () => {
      const stop = new AbortController();
      const call = callFor(under.slow.request, { ...under.slow, signal: stop.signal });
      const events = under.provider.run(call)[Symbol.asyncIterator]();
      const first = await events.next();
      expect(first).toMatchObject({ value: { type: 'text-delta', text: expect.stringMatching(/./) } });
      stop.abort();
      expect(await promptly(events.next())).toMatchObject({ value: { type: 'run-end', finish: 'aborted' } });
      expect(await events.next()).toEqual({ value: undefined, done: true });
    });

    it('notices an abort while it waits for the next piece of text', async () => {
      const stop = new AbortController();
      const running = under.provider.run(callFor(under.slow.request, { ...under.slow, signal: stop.signal }));
      const events = running[Symbol.asyncIterator]();
      expect(await events.next()).toMatchObject({ value: { type: 'text-delta' } });
      const next = events.next();
      stop.abort();
      expect(await promptly(next)).toMatchObject({ value: { type: 'run-end', finish: 'aborted' } });
      expect(await events.next()).toEqual({ value: undefined, done: true });
    });

    it('stops a run promptly when its caller stops reading', async () => {
      const events = under.provider.run(callFor(under.slow.request, under.slow))[Symbol.asyncIterator]();
      await events.next();
      expect(await promptly(Promise.resolve(events.return?.()))).toEqual({ value: undefined, done: true });
    });

    it('ignores an abort after the end', async () => {
      const stop = new AbortController();
      const events = await run(callFor(under.answered, { signal: stop.signal }));
      const before = structuredClone(events);
      stop.abort();
      expect(events).toEqual(before);
      expect(events.at(-1)).not.toMatchObject({ finish: 'aborted' });
    });
  });
}

/** All events of a run. */
export async function collect(running: AsyncIterable<ProviderEvent>): Promise<ProviderEvent[]> {
  const events: ProviderEvent[] = [];
  for await (const event of running) events.push(event);
  return events;
}

const textOf = (events: readonly ProviderEvent[]): string =>
  events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
