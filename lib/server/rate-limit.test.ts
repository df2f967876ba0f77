import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { addressHeader } from './address';
import { limitByAddress } from './rate-limit';

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
