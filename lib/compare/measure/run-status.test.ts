import { describe, expect, it } from 'vitest';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { statusOf } from './run-status';

const usage = { prompt_tokens: 1, completion_tokens: 120, total_tokens: 121 };

describe('the status of a run', () => {
  it.each([
    [queued(1), { kind: 'waiting' }],
    [running(1, ''), { kind: 'connecting' }],
    [running(1, 'The old'), { kind: 'streaming', words: 2 }],
    [failed(1, 'rate_limited', 'The'), { kind: 'failed', code: 'rate_limited' }],
    [ended(1, 'The old', { finish: 'aborted' }), { kind: 'stopped', words: 2 }],
    [ended(1, '', { finish: 'aborted' }), { kind: 'stopped', words: null }],
    [ended(1, 'Sorry.', { finish: 'refusal' }), { kind: 'refused' }],
    [ended(1, 'x', { finish: 'content_filter' }), { kind: 'filtered' }],
    [ended(1, 'x', { cached: true }), { kind: 'cached', words: 1 }],
    [ended(1, 'x', { finish: 'length', usage }), { kind: 'at-limit', tokens: 120, ms: 1800 }],
    [ended(1, 'x', { finish: 'length' }), { kind: 'at-limit', tokens: null, ms: 1800 }],
    [ended(1, ''), { kind: 'empty' }],
    [ended(1, 'The old man.'), { kind: 'done', words: 3, ms: 1800 }],
  ])('%#: is %o', (record, status) => {
    expect(statusOf(record, { running: true })).toEqual(status);
  });

  it('is that it is played back, where a finished experiment is shown step by step', () => {
    const playback = { step: 2, of: 5, unit: 'word' as const, settled: new Map() };
    const statuses = [running(1, ''), running(1, 'The old'), queued(1)].map((record) =>
      statusOf(record, { running: true, playback }),
    );
    expect(statuses).toEqual([
      { kind: 'played-back', words: 0 },
      { kind: 'played-back', words: 2 },
      { kind: 'not-run' },
    ]);
    expect(statusOf(ended(1, 'The'), { running: true, playback })).toEqual({ kind: 'done', words: 1, ms: 1800 });
  });

  it('is that it was not run, where the experiment ended before its turn', () => {
    expect(statusOf(queued(1), { running: false })).toEqual({ kind: 'not-run' });
  });
});
