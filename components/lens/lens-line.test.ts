import { describe, expect, it } from 'vitest';
import type { LensAnswer, LensRequest } from '@/lib/lens/lens';
import { InMemoryWorker } from '@/lib/worker/in-memory.fixture';
import { LensLine } from './lens-line';

const request = (temperature: number): LensRequest => ({
  kind: 'reshape',
  places: [],
  sliders: { temperature, top_p: 1 },
});
const answer: LensAnswer = { kind: 'reshaped', reshaped: [] };

describe('a line to the lens', () => {
  it('gives the answers of its worker, in order', async () => {
    const line = new LensLine(() => new InMemoryWorker<LensRequest, LensAnswer>(() => [answer]));
    expect(await Promise.all([line.ask(request(1)), line.ask(request(2))])).toEqual([answer, answer]);
  });

  it('gives no answer to what is cancelled, and lets its worker go on', async () => {
    const worker = new InMemoryWorker<LensRequest, LensAnswer>(() => [answer]);
    const line = new LensLine(() => worker);
    const leaving = new AbortController();
    const first = line.ask(request(1), leaving.signal);
    leaving.abort();
    expect([await first, await line.ask(request(2))]).toEqual([{ kind: 'cancelled' }, answer]);
    expect(worker.ended).toBe(false);
  });

  it('says so when the answer could not be worked out', async () => {
    const line = new LensLine(
      () =>
        new InMemoryWorker<LensRequest, LensAnswer>(() => {
          throw new Error('No.');
        }),
    );
    expect(await line.ask(request(1))).toEqual({ kind: 'failed', why: 'broken' });
  });

  it('says so when its worker cannot be loaded', async () => {
    const worker = new InMemoryWorker<LensRequest, LensAnswer>();
    const line = new LensLine(() => worker);
    const asked = line.ask(request(1));
    worker.break();
    expect(await asked).toEqual({ kind: 'failed', why: 'unreachable' });
  });

  it('cancels everything when it is closed', async () => {
    const line = new LensLine(() => new InMemoryWorker<LensRequest, LensAnswer>());
    const asked = line.ask(request(1));
    line.close();
    expect(await asked).toEqual({ kind: 'cancelled' });
  });
});
