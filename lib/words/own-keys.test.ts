import { describe, expect, it } from 'vitest';
import { ownKeyFault } from '@/lib/api/read-own-keys';
import { ownKeyUse } from '@/lib/compare/measure/own-keys';
import { ended, failed, queued } from '@/lib/run/records.fixture';
import { sayOwnKeyUse } from './destinations';
import { ownKeyFaultSentence, sayOwnKeyBound } from './own-keys';

describe('what calls with a visitor’s key can come to', () => {
  const bound = { calls: 5, sent: 1250, written: 300, dollars: null };
  it.each([
    [bound, '5 calls with your key, at most 1,250 tokens sent and 300 written'],
    [{ ...bound, calls: 1, written: null }, '1 call with your key, at most 1,250 tokens sent and any number written'],
  ])('is said of %j', (each, sentence) => expect(sayOwnKeyBound(each)).toBe(sentence));

  it.each([
    [0, '$0'],
    [0.00203, '$0.0021'],
    [0.002, '$0.0020'],
    [0.1 + 0.2, '$0.30'],
    [0.999, '$1.00'],
    [12.341, '$12.35'],
  ])('is rounded up: %s', (dollars, said) =>
    expect(sayOwnKeyBound({ ...bound, dollars })).toContain(`, ${said} at the listed prices`),
  );
});

describe('with whose key runs were made', () => {
  const own = (run: number, notes?: string[]) => ended(run, 'a', { key: 'visitor', ...(notes ? { notes } : {}) });
  it.each([
    [[ended(1, 'a'), failed(2, 'x')], ''],
    [[own(1), own(2), queued(3)], 'With the visitor’s key.'],
    [[own(1), ended(2, 'a'), { ...failed(3, 'x'), key: 'visitor' as const }], 'Runs 1, 3 with the visitor’s key.'],
    [
      [own(1, ['key_masked']), own(2)],
      'With the visitor’s key. [key] stands in run 1 where that key stood in the answer.',
    ],
  ])('is said of %j', (runs, sentence) => expect(sayOwnKeyUse(ownKeyUse(runs))).toBe(sentence));
});

describe('a key', () => {
  it.each([
    ['sk-proj-4f9aQ2vXw81LmZ', null],
    ['correct-horse-battery-staple', null],
    ['sk-proj 4f9aQ2vXw81LmZ', 'spaces'],
    ['schlüssel-0123456789abc', 'beyond A to Z'],
    ['sk-4f9a----------------', 'at least 16'],
    ['', 'at least 16'],
    ['k'.repeat(513), 'at most 512'],
    ['abcabcabcabcabcabcabc', 'at least 8 different'],
  ])('%j is told apart', (key, said) => {
    const fault = ownKeyFault(key);
    expect(fault ? ownKeyFaultSentence(fault) : null).toEqual(said && expect.stringContaining(said));
  });
});
