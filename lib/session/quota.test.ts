import { describe, expect, it } from 'vitest';
import type { Quota } from '@/lib/api/quotas';
import { nearestQuota } from './quota';

const quota = (what: Quota['what'], left: number, limit = 100): Quota => ({
  ...{ of: 'visitor', per: 'hour', seconds: 60 },
  ...{ what, left, limit },
});
const asking = { calls: 5, tokens: 50, free: false };

describe('the limit that matters to a form', () => {
  it('is none while there is enough of everything', () => {
    expect(nearestQuota([], asking)).toBeNull();
    expect(nearestQuota([quota('runs', 20), quota('tokens', 50), quota('bytes', 20)], asking)).toBeNull();
  });

  it('is one of which little is left, and of several the scarcest', () => {
    const [runs, experiments] = [quota('runs', 19), quota('experiments', 2)];
    expect(nearestQuota([runs, quota('tokens', 99)], asking)).toEqual({ quota: runs, asked: 5, passed: false });
    expect(nearestQuota([runs, experiments], asking)).toEqual({ quota: experiments, asked: 1, passed: false });
  });

  it.each<[Quota, number]>([
    [quota('experiments', 0), 1],
    [quota('runs', 4), 5],
    [quota('tokens', 49), 50],
    [quota('bytes', 0), 1],
  ])('is before those one that would be passed: %j', (passed, asked) => {
    expect(nearestQuota([quota('runs', 6), passed], asking)).toEqual({ quota: passed, asked, passed: true });
  });

  it('is of several that would be passed the one that holds longest', () => {
    const [hour, day] = [quota('runs', 0), { ...quota('runs', 0), per: 'day' as const, seconds: 900 }];
    expect(nearestQuota([hour, day], asking)?.quota).toBe(day);
    expect(nearestQuota([day, hour], asking)?.quota).toBe(day);
    const never = quota('runs', 4, 4);
    expect(nearestQuota([day, never], asking)?.quota).toBe(never);
  });

  it('leaves tokens of built-in models to what is free, and other tokens to what is not', () => {
    const [tokens, seedling] = [quota('tokens', 0), quota('seedling-tokens', 0)];
    expect(nearestQuota([tokens, seedling], asking)?.quota).toBe(tokens);
    expect(nearestQuota([tokens, seedling], { ...asking, free: true })?.quota).toBe(seedling);
  });

  it('counts a call without a limit as the server does', () => {
    const tokens = quota('tokens', 5119, 5120);
    expect(nearestQuota([tokens], { ...asking, tokens: null })).toEqual({ quota: tokens, asked: 5120, passed: true });
  });
});
