import { describe, expect, it } from 'vitest';
import { sayDay, sayDayAndMinute, sayDuration, sayMinute } from './time';

describe('a duration', () => {
  it.each([
    [0, '0 ms'],
    [39.6, '40 ms'],
    [99, '99 ms'],
    [100, '0.1 s'],
    [1800, '1.8 s'],
    [61_240, '61.2 s'],
  ])('of %f milliseconds', (ms, said) => {
    expect(sayDuration(ms)).toBe(said);
  });
});

describe('the day of a time', () => {
  it.each([
    ['2026-03-03T23:59:59.999Z', '3 Mar 2026'],
    ['2026-09-30T00:00:00Z', '30 Sep 2026'],
    ['2026-12-31T23:59:59Z', '31 Dec 2026'],
    ['2027-01-01T00:00:00Z', '1 Jan 2027'],
    ['2026-13-01T00:00:00Z', '2026-13-01T00:00:00Z'],
    ['yesterday', 'yesterday'],
    ['', ''],
  ])('%s', (time, day) => {
    expect(sayDay(time)).toBe(day);
  });
});

describe('the minute of a time', () => {
  it('is given with its zone', () => {
    expect(sayMinute('2026-11-22T17:20:59.999Z')).toBe('2026-11-22 17:20 UTC');
    expect(sayDayAndMinute('2026-11-22T17:20:59.999Z')).toBe('22 Nov 2026, 17:20 UTC');
  });
});
