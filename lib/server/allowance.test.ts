import { describe, expect, it, vi } from 'vitest';
import type { Result } from '@/lib/result';
import { StoreError } from '@/lib/store/store';
import { allowanceIn, type TokenCounter } from './allowance';
import { freshServices } from './services.fixture';

const rig = freshServices();
const asked = new Request('http://localhost/v1/chat/completions');
const later = Date.now() + 3_600_000;
const refusal = { status: 429, code: 'limit_reached', message: 'No room.' };

const counter = (name: string, limit: number): TokenCounter => ({
  ...{ counter: name, entry: 'hour 1', limit, until: later, refuse: () => refusal },
});

const allowanceOf = (...counters: TokenCounter[]) => allowanceIn(rig.store, async () => counters);
const spentOf = async (name: string) => (await rig.store.spent([name], Date.now()))[0]?.amount;

function granted<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error('It was refused.');
  return result.value;
}

describe('what a call may come to', () => {
  it('is taken from the store in blocks, which are used up before another is taken', async () => {
    const spend = vi.spyOn(rig.store, 'spend');
    const allowance = allowanceOf(counter('a', 100_000));
    for (let call = 0; call < 10; call++) granted(await allowance(asked, 10));
    expect([spend.mock.calls.length, await spentOf('a')]).toEqual([1, 100]);
    granted(await allowance(asked, 10));
    expect([spend.mock.calls.length, await spentOf('a')]).toEqual([2, 200]);
  });

  it('is given back once, as far as nothing came of it', async () => {
    const allowance = allowanceOf(counter('a', 100_000));
    const settle = granted(await allowance(asked, 100));
    settle(40);
    settle(0);
    granted(await allowance(asked, 60));
    expect(await spentOf('a')).toBe(100);
    granted(await allowance(asked, 1));
    expect(await spentOf('a')).toBe(200);
  });

  it('is refused where a counter has no room, for all processes, and nothing is counted', async () => {
    const counters = [counter('visitor', 100), counter('address', 1000)];
    const [one, other] = [allowanceOf(...counters), allowanceOf(...counters)];
    granted(await one(asked, 60));
    expect(await other(asked, 60)).toEqual({ ok: false, error: refusal });
    expect([await spentOf('visitor'), await spentOf('address')]).toEqual([60, 60]);
    granted(await other(asked, 40));
  });

  it('may be exactly what is left, though that is less than a block', async () => {
    const allowance = allowanceOf(counter('a', 2500));
    for (const tokens of [2499, 1]) granted(await allowance(asked, tokens));
    expect((await allowance(asked, 1)).ok).toBe(false);
  });

  it('keeps nobody waiting for a store that fails', async () => {
    const failing = { spend: () => Promise.reject(new StoreError('unreachable', 'It is away.')) };
    const allowance = allowanceIn(failing, async () => [counter('a', 1)]);
    expect((await allowance(asked, 100)).ok).toBe(true);
  });
});
