import { describe, expect, it } from 'vitest';
import type { Quota } from '@/lib/api/quotas';
import { sayExceeded, sayLeft, sayQuota, sayWhen } from './quota';

const quota = (change: Partial<Quota>): Quota => ({
  ...{ of: 'visitor', what: 'runs', per: 'hour', limit: 5000, left: 400, seconds: 1400 },
  ...change,
});

describe('a limit that has been reached', () => {
  it.each<[Partial<Quota>, number, string]>([
    [
      {},
      1000,
      'One visitor may make 5,000 runs an hour. This asks for 1,000 runs, and 400 runs are left. Try again in 24 minutes.',
    ],
    [
      { what: 'experiments', limit: 200, left: 0, seconds: 50 },
      1,
      'One visitor may begin 200 experiments an hour. None are left. Try again in 50 seconds.',
    ],
    [
      { of: 'address', what: 'bytes', per: 'day', limit: 8 * 1024 ** 3, left: 1024 ** 2, seconds: 20_000 },
      2 * 1024 ** 2,
      'One network address may store 8192 MiB a day. This asks for 2 MiB, and 1 MiB is left. Try again in 6 hours.',
    ],
    [
      { of: 'everybody', what: 'tokens', per: 'day', limit: 1000, left: 1 },
      9000,
      'All visitors together may use 1,000 tokens a day with this server’s key. This asks for 9,000 tokens, and 1 token is left. Ask for less.',
    ],
    [
      { what: 'seedling-tokens', left: 0 },
      8,
      'One visitor may use 5,000 tokens of built-in models an hour. None are left. Try again in 24 minutes.',
    ],
    [
      { per: 'at-once', limit: 2000, left: 1000, seconds: null },
      1001,
      'One visitor may make 2,000 runs at once. This asks for 1,001 runs, and 1,000 runs are left. Try again when some have ended.',
    ],
  ])('is named with what is left and when it is whole again: %j', (change, asked, sentence) => {
    expect(sayExceeded(quota(change), asked)).toBe(sentence);
  });
});

describe('what is left of a limit', () => {
  it.each<[Partial<Quota>, string]>([
    [{}, '400 of 5,000 runs an hour are left.'],
    [{ what: 'experiments', limit: 200, left: 1 }, '1 of 200 experiments an hour is left.'],
    [
      { of: 'address', what: 'bytes', limit: 1024 ** 2, left: 1024 },
      '1 KiB of 1 MiB of storage an hour is left to your network address.',
    ],
    [
      { of: 'everybody', what: 'tokens', per: 'day' },
      '400 of 5,000 tokens a day are left to all visitors together, with this server’s key.',
    ],
    [{ per: 'at-once' }, '400 of 5,000 runs at once are left.'],
  ])('is said before anything is refused: %j', (change, sentence) => {
    expect(sayLeft(quota(change))).toBe(sentence);
  });
});

it('a limit is said whole', () => {
  expect(sayQuota(quota({ what: 'experiments', limit: 1, per: 'day' }))).toBe(
    'One visitor may begin 1 experiment a day.',
  );
});

it('a wait is said in seconds, minutes or hours', () => {
  expect([1, 60, 61, 7200, 7201].map(sayWhen)).toEqual([
    'Try again in 1 second.',
    'Try again in 60 seconds.',
    'Try again in 2 minutes.',
    'Try again in 2 hours.',
    'Try again in 3 hours.',
  ]);
});
