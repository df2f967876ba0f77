import { afterEach, describe, expect, it, vi } from 'vitest';
import { sleep, waitAfter } from './retry';

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the wait before a call is sent again', () => {
  it.each<[Record<string, string>, number]>([
    [{ 'retry-after': '55' }, 55_000],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': '0.25' }, 250],
    [{ 'retry-after-ms': '1500', 'retry-after': '9' }, 1500],
    [{ 'retry-after-ms': 'soon', 'retry-after': '9' }, 9000],
    [{ 'retry-after': 'Fri, 27 Nov 2026 10:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Fri, 27 Nov 2026 09:00:00 GMT' }, 0],
  ])('is what the provider asks for in %j: %i ms', (headers, ms) => {
    vi.useFakeTimers({ now: new Date('2026-11-27T10:00:00Z') });
    expect(waitAfter(new Headers(headers), 1)).toEqual({ ms, asked: true });
  });

  it('doubles from half a second to eight, less up to a quarter by chance, if it asks for nothing that can be read', () => {
    const waits = (chance: number) => {
      vi.spyOn(Math, 'random').mockReturnValue(chance);
      return [1, 2, 3, 4, 5, 6].map((attempt) => waitAfter(new Headers({ 'retry-after': 'soon' }), attempt)?.ms);
    };
    expect(waits(0)).toEqual([500, 1000, 2000, 4000, 8000, 8000]);
    expect(waits(1)).toEqual([375, 750, 1500, 3000, 6000, 6000]);
  });

  it('is not made if the provider says so, or asks for more than five minutes', () => {
    expect(waitAfter(new Headers({ 'x-should-retry': 'false', 'retry-after': '1' }), 1)).toBeNull();
    expect(waitAfter(new Headers({ 'retry-after': '300' }), 1)).toEqual({ ms: 300_000, asked: true });
    expect(waitAfter(new Headers({ 'retry-after': '301' }), 1)).toBeNull();
  });

  it('ends when the run is stopped, and leaves no timer', async () => {
    vi.useFakeTimers();
    const stop = new AbortController();
    const sleeping = sleep(60_000, stop.signal);
    stop.abort();
    await sleeping;
    await sleep(60_000, stop.signal);
    expect(vi.getTimerCount()).toBe(0);
  });
});
