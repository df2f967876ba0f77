import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StoreError } from '@/lib/store/store';
import { addressHeader } from './address';
import { limitByAddress, limitInStore } from './rate-limit';
import { freshServices } from './services.fixture';

const from = (address?: string): Request =>
  new Request('http://localhost/', { headers: address === undefined ? {} : { [addressHeader]: address } });

describe('limitByAddress', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('lets one address ask so often in a minute, then says how long to wait', async () => {
    const limit = limitByAddress(3);
    for (let time = 0; time < 3; time++) expect(await limit(from('192.0.2.1'))).toBe(0);
    const seconds = await limit(from('192.0.2.1'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(60);
    await vi.advanceTimersByTimeAsync(1000 * seconds);
    expect(await limit(from('192.0.2.1'))).toBe(0);
  });

  it('counts each address for itself', async () => {
    const limit = limitByAddress(1);
    expect(await limit(from('192.0.2.1'))).toBe(0);
    expect(await limit(from('192.0.2.2'))).toBe(0);
    expect(await limit(from('192.0.2.1'))).toBeGreaterThan(0);
  });

  it('does not count requests that did not come over the network', async () => {
    const limit = limitByAddress(1);
    for (let time = 0; time < 10; time++) expect(await limit(from())).toBe(0);
  });
});

describe('limitInStore', () => {
  const rig = freshServices();
  const named = async (address: string) => `hash of ${address}`;

  it('counts for all who share the store, until the minute is over', async () => {
    vi.useFakeTimers({ now: 90_000, toFake: ['Date'] });
    const [one, other] = [limitInStore(rig.store, 3, named), limitInStore(rig.store, 3, named)];
    for (const limit of [one, other, one]) expect(await limit(from('192.0.2.1'))).toBe(0);
    expect([await one(from('192.0.2.1')), await other(from('192.0.2.1'))]).toEqual([30, 30]);
    expect([await one(from('192.0.2.2')), await one(from())]).toEqual([0, 0]);
    vi.setSystemTime(120_000);
    expect(await other(from('192.0.2.1'))).toBe(0);
  });

  it('keeps nobody waiting for a store that fails', async () => {
    const failing = { spend: () => Promise.reject(new StoreError('unreachable', 'It is away.')) };
    expect(await limitInStore(failing, 1, named)(from('192.0.2.1'))).toBe(0);
  });
});
