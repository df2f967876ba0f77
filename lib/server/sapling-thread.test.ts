import { EventEmitter } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CompletionRequest } from '@/lib/openai/completion-request';
import type { Caller } from '@/lib/run/provider';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact, smallConfig } from '@/lib/sapling/artifact.fixture';
import { Sapling } from '@/lib/sapling/sapling';
import { type Asked, SaplingEngine, type Told } from './sapling-engine';
import { EngineLost, engineInside, SaplingThread } from './sapling-thread';
import type { Sealed } from './written';

const context = 4096;
const artifact = readArtifact(makeArtifact({ ...smallConfig, context }));
const sealed: Sealed = { id: 'x', created: 0, seed: 1, tag: 'f32', inFlight: 1 };
/** Texts that never end by themselves. */
const request = (tokens: number, changes: Partial<CompletionRequest> = {}): CompletionRequest => ({
  model: 'sapling-1',
  messages: [{ role: 'user', content: 'Hi' }],
  logit_bias: { '256': -100 },
  max_completion_tokens: tokens,
  stream: true,
  ...changes,
});

const never = new AbortController().signal;
const inside = () => new SaplingThread(() => engineInside(() => new Sapling(artifact)));

/** A visitor's call, for the only experiment. */
const of = (visitor: string): Caller => ({ visitor, experiment: '1' });

/** Reads an answer to its end; resolves to how many tokens it has. */
async function read(thread: SaplingThread, visitor: string, asked = request(5), signal = never): Promise<number> {
  const answer = await thread.write(asked, sealed, of(visitor), signal);
  if (!answer.ok) throw new Error(answer.error.error.message);
  let parts = 0;
  for await (const written of answer.value) parts += written.parts.length;
  return parts - 2; // the role and the end
}

afterEach(() => {
  vi.useRealTimers();
});

describe('Sapling in its thread', () => {
  it('writes for many at once, and holds nothing afterwards', async () => {
    const thread = inside();
    const all = Array.from({ length: 100 }, (_, number) => read(thread, `${number % 3}`, request(number)));
    expect(await Promise.all(all)).toEqual(Array.from({ length: 100 }, (_, number) => number));
    expect(thread.load).toBe(0);
  });

  it('lets somebody else in before all that one visitor has asked for', async () => {
    const thread = inside();
    const over: string[] = [];
    const ask = (visitor: string) => read(thread, visitor, request(20)).then(() => over.push(visitor));
    const many = Array.from({ length: 120 }, () => ask('many'));
    await Promise.all([ask('one'), ...many]);
    expect(over.indexOf('one')).toBeLessThan(40);
  });

  it('stops writing for whoever has left, in the line or in the batch, and goes on for others', async () => {
    const thread = inside();
    const gone = new AbortController();
    const left = Array.from({ length: 60 }, () => read(thread, 'left', request(4000), gone.signal));
    const stays = read(thread, 'stays', request(50));
    await vi.waitFor(() => expect(thread.load).toBe(61));
    gone.abort(new Error('left'));
    expect(await Promise.allSettled(left)).toEqual(left.map(() => ({ status: 'rejected', reason: new Error('left') })));
    expect(await stays).toBe(50);
    expect(thread.load).toBe(0);
  });

  it('ends what is read no further', async () => {
    const thread = inside();
    const answer = await thread.write(request(4000), sealed, of('a'), never);
    if (!answer.ok) throw new Error('It was refused.');
    await answer.value.next();
    await answer.value.return();
    expect(thread.load).toBe(0);
  });

  it('tells how much has been written of an answer in one piece, before it is over', async () => {
    const thread = inside();
    const answer = await thread.write(request(400, { stream: false }), sealed, of('a'), never);
    if (!answer.ok) throw new Error('It was refused.');
    const { value } = await answer.value.next();
    expect(value).toMatchObject({ parts: [], tokens: expect.any(Number) });
    await answer.value.return();
    expect(thread.load).toBe(0);
  });

  it('refuses a prompt that is too long', async () => {
    const messages = [{ role: 'user' as const, content: 'x'.repeat(context) }];
    expect(await inside().write(request(1, { messages }), sealed, of('a'), never)).toMatchObject({
      ok: false,
      error: { status: 400, error: { code: 'context_length_exceeded' } },
    });
  });

  it('is lost where its engine breaks, and has another for the next', async () => {
    const told: unknown[] = [];
    let started = 0;
    const thread = new SaplingThread(
      () => {
        started++;
        return engineInside(() => {
          if (started === 1) throw new Error('no artifact');
          return new Sapling(artifact);
        });
      },
      (error) => told.push(error),
    );
    const first = [read(thread, 'a'), read(thread, 'b')];
    expect(await Promise.allSettled(first)).toEqual(
      first.map(() => ({ status: 'rejected', reason: expect.any(EngineLost) })),
    );
    expect(await read(thread, 'a')).toBe(5);
    expect(started).toBe(2);
    expect(told).toEqual([new Error('no artifact')]);
  });

  it.each([
    ['throws', 'throw new Error()'],
    ['rejects', 'Promise.reject(new Error())'],
    ['takes all memory that it may', 'for (const all = []; ; ) all.push(new Array(1000).fill(0.5))'],
    ['ends', 'process.exit(0)'],
  ])('is lost where its thread %s, for all that it wrote, and has another for the next', async (_, does) => {
    const code = `
      const { parentPort } = require('node:worker_threads');
      let answers = 0;
      parentPort.on('message', ({ kind, id }) => {
        if (kind !== 'write') return;
        parentPort.postMessage({ kind: 'taken', id });
        parentPort.postMessage({ kind: 'wrote', id, parts: ['{}'], tokens: 1, over: false });
        if (++answers === 3) ${does};
      });`;
    const broken = () => new Worker(code, { eval: true, resourceLimits: { maxOldGenerationSizeMb: 8 } });
    const told: unknown[] = [];
    const starts = [broken, () => engineInside(() => new Sapling(artifact))];
    const thread = new SaplingThread(
      () => (starts.shift() ?? broken)(),
      (error) => told.push(error),
    );
    const all = await Promise.allSettled(['a', 'a', 'b'].map((visitor) => read(thread, visitor)));
    expect(all).toEqual(all.map(() => ({ status: 'rejected', reason: expect.any(EngineLost) })));
    expect(await read(thread, 'b')).toBe(5);
    expect([told.length, thread.load, starts.length]).toEqual([1, 0, 0]);
  });

  it('lets the process end while nothing is asked, and its engine after a minute', async () => {
    vi.useFakeTimers();
    const port = Object.assign(new EventEmitter(), {
      ...{ postMessage: vi.fn(), terminate: vi.fn(), ref: vi.fn(), unref: vi.fn() },
    });
    const thread = new SaplingThread(() => port);
    const answer = thread.write(request(1), sealed, of('a'), never);
    expect([port.ref, port.unref].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);
    port.emit('message', { kind: 'refused', id: 1, why: { kind: 'too-long', tokens: 9, context: 8 } });
    expect((await answer).ok).toBe(false);
    expect(port.unref).toHaveBeenCalled();
    vi.advanceTimersByTime(59_000);
    expect(port.terminate).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2_000);
    expect(port.terminate).toHaveBeenCalledOnce();
  });
});

describe('an engine', () => {
  /** What an engine tells until it has nothing more to do. */
  async function toldFor(asked: Asked[]): Promise<{ told: Told[]; engine: SaplingEngine }> {
    const told: Told[] = [];
    const engine = new SaplingEngine(new Sapling(artifact), (each) => told.push(each));
    await Promise.all(asked.map((each) => engine.hear(each)));
    return { told, engine };
  }
  const write = (id: number, asked: CompletionRequest, caller = of(`${id % 5}`)): Asked => ({
    ...{ kind: 'write', id, caller, request: asked, sealed },
  });
  const overOf = (told: Told[]) => told.flatMap((each) => (each.kind === 'wrote' && each.over ? [each.id] : []));

  it('writes at most forty texts at once', async () => {
    const { told } = await toldFor(Array.from({ length: 30 }, (_, id) => write(id, request(10, { n: 3 }))));
    const active = new Set<number>();
    let most = 0;
    for (const each of told) {
      if (each.kind !== 'wrote') continue;
      active.add(each.id);
      most = Math.max(most, active.size * 3);
      if (each.over) active.delete(each.id);
    }
    expect(most).toBe(39);
    expect(active.size).toBe(0);
  });

  it('lets visitors in in turn, and the experiments of each', async () => {
    const callers = [
      ...Array.from({ length: 60 }, (_, at) => ({ visitor: 'anna', experiment: `${at % 30}` })),
      ...Array.from({ length: 5 }, () => of('ben')),
    ];
    const { told } = await toldFor(callers.map((caller, id) => write(id, request(10), caller)));
    // Texts of one length are over in the order in which they were let in, but ben's have a token while a quarter of anna's have.
    const annas = Array.from({ length: 60 }, (_, at) => at);
    expect(overOf(told)).toEqual([60, 61, 62, 63, 64, ...annas]);
  });

  it('keeps some of its memory for other visitors', async () => {
    const long = Array.from({ length: 12 }, (_, id) => write(id, request(2000), of('anna')));
    const { told } = await toldFor([...long, write(12, request(1000), of('ben'))]);
    expect(overOf(told)[0]).toBe(12);
  });

  it('writes on for others while long prompts are read', async () => {
    const prompt = (id: number) => [{ role: 'user' as const, content: `${id}${'x'.repeat(1000)}` }];
    const long = Array.from({ length: 10 }, (_, id) => write(id, request(1, { messages: prompt(id) })));
    const { told } = await toldFor([...long, write(10, request(20))]);
    const over = overOf(told);
    expect(over[0]).toBe(10);
    expect(over.length).toBe(11);
  });

  it('reads long prompts for one visitor after another, and short ones between two pieces of them', async () => {
    const prompt = (tokens: number) => [{ role: 'user' as const, content: `${tokens}${'x'.repeat(tokens)}` }];
    const write1 = (id: number, tokens: number, visitor: string) =>
      write(id, request(1, { messages: prompt(tokens) }), of(visitor));
    const annas = Array.from({ length: 6 }, (_, id) => write1(id, 500 + id, 'anna'));
    const { told } = await toldFor([...annas, write1(6, 900, 'ben'), write1(7, 1, 'carl')]);
    expect(overOf(told)).toEqual([7, 0, 6, 1, 2, 3, 4, 5]);
  });

  it('waits for a reader who is far behind, and goes on when he has read', async () => {
    const long = request(1200, { logprobs: true, top_logprobs: 20 });
    const { told, engine } = await toldFor([write(1, long)]);
    const sizeOf = (all: Told[]) =>
      all.reduce((sum, each) => sum + (each.kind === 'wrote' ? each.parts.join('').length : 0), 0);
    expect(told.at(-1)).toMatchObject({ over: false });
    const before = sizeOf(told);
    expect(before).toBeGreaterThan(256 * 1024);
    expect(before).toBeLessThan(300 * 1024);
    await engine.hear({ kind: 'read', id: 1, characters: before });
    expect(sizeOf(told)).toBeGreaterThan(before + 256 * 1024);
  });

  it('gives up an answer that has waited too long for its reader, but only where somebody else waits', async () => {
    const told: Told[] = [];
    let now = 0;
    const engine = new SaplingEngine(
      new Sapling(artifact),
      (each) => told.push(each),
      () => now,
    );
    const dropped = () => told.filter(({ kind }) => kind === 'dropped').map(({ id }) => id);
    const unread = request(400, { n: 8, logprobs: true, top_logprobs: 20 });
    await Promise.all([0, 1, 2].map((id) => engine.hear(write(id, unread))));
    now = 40_000;
    await engine.hear({ kind: 'read', id: 0, characters: 1 });
    expect(dropped()).toEqual([]);
    await engine.hear(write(5, request(700)));
    expect(dropped()).toHaveLength(1);
    expect(told.at(-1)).toMatchObject({ kind: 'wrote', id: 5, over: true });
  });
});
