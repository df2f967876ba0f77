import { describe, expect, it } from 'vitest';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { findLeftOut, isComparable, reasonLeftOut } from './comparable';

describe('a run that is left out', () => {
  it.each([
    [failed(1, 'rate_limited', 'x'), { kind: 'failed', code: 'rate_limited' }],
    [failed(1, 'cut_off', 'x'), { kind: 'failed', code: 'cut_off' }],
    [queued(1), { kind: 'unfinished' }],
    [running(1, 'x'), { kind: 'unfinished' }],
    [ended(1, 'x', { finish: 'aborted' }), { kind: 'stopped' }],
    [ended(1, 'Sorry.', { finish: 'refusal' }), { kind: 'refused' }],
    [ended(1, 'x', { finish: 'content_filter' }), { kind: 'filtered' }],
    [ended(1, 'x', { cached: true }), { kind: 'cached' }],
    [ended(1, '', { finish: 'stop' }), { kind: 'empty' }],
    [ended(1, '', { finish: 'length' }), { kind: 'empty' }],
    [ended(1, '', { finish: 'length', reasoning: 'Well' }), { kind: 'only-reasoning' }],
    [ended(1, 'x', { finish: 'tool_calls' }), { kind: 'other-finish', finish: 'tool_calls' }],
  ])('%#: has its reason', (run, reason) => {
    expect(reasonLeftOut(run)).toEqual(reason);
    expect(isComparable(run)).toBe(false);
  });

  it('is not one that ended by itself or at the token limit', () => {
    for (const finish of ['stop', 'length']) {
      expect(reasonLeftOut(ended(1, 'x', { finish }))).toBeNull();
      expect(isComparable(ended(1, 'x', { finish }))).toBe(true);
    }
  });

  it('is found among others, in their order', () => {
    expect(findLeftOut([ended(1, 'x'), queued(3), failed(2, 'stalled')])).toEqual([
      { run: 3, reason: { kind: 'unfinished' } },
      { run: 2, reason: { kind: 'failed', code: 'stalled' } },
    ]);
  });
});
