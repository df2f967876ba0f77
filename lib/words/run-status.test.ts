import { describe, expect, it } from 'vitest';
import { words } from '@/lib/compare/measure/experiments.fixture';
import { statusOf } from '@/lib/compare/measure/run-status';
import type { Wait } from '@/lib/run/events';
import type { RunRecord } from '@/lib/run/record';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { sayStatus } from './run-status';

const usage = (completion_tokens: number) => ({
  prompt_tokens: 1,
  completion_tokens,
  total_tokens: 1 + completion_tokens,
});

const waiting = (wait: Partial<Wait>): RunRecord => ({
  ...queued(1),
  status: 'running',
  wait: { attempt: 2, ms: 0, asked: false, code: 'rate_limited', ...wait },
});

describe('the words for the status of a run', () => {
  it.each([
    [queued(1), 'Waiting for its turn'],
    [running(1, ''), 'Connecting'],
    [waiting({ ms: 55_000, asked: true }), 'The provider asks to wait 55 s (attempt 2 follows)'],
    [waiting({ ms: 1500, asked: true }), 'The provider asks to wait 1.5 s (attempt 2 follows)'],
    [waiting({ ms: 500, attempt: 3 }), 'Failed: rate limit. Attempt 3 in 0.5 s'],
    [waiting({ ms: 0, asked: true }), 'Connecting (attempt 2)'],
    [{ ...waiting({ ms: 0 }), text: 'The' }, 'Streaming, 1 word'],
    [running(1, words(43)), 'Streaming, 43 words'],
    [running(1, 'The'), 'Streaming, 1 word'],
    [ended(1, words(112)), 'Done, 112 words, 1.8 s'],
    [ended(1, 'Yes.'), 'Done, 1 word, 1.8 s'],
    [ended(1, ''), 'Done, but no text'],
    [ended(1, 'x', { finish: 'length', usage: usage(120) }), 'Cut at 120 tokens, 1.8 s'],
    [ended(1, 'x', { finish: 'length', usage: usage(1) }), 'Cut at 1 token, 1.8 s'],
    [ended(1, 'x', { finish: 'length' }), 'Cut at the token limit, 1.8 s'],
    [ended(1, words(52), { finish: 'aborted' }), 'Stopped at 52 words'],
    [ended(1, '', { finish: 'aborted' }), 'Stopped before any text'],
    [ended(1, 'x', { cached: true }), 'Answered from a cache, 1 word'],
    [ended(1, 'Sorry.', { finish: 'refusal' }), 'Declined by the model'],
    [ended(1, 'x', { finish: 'content_filter' }), 'Withheld by a content filter'],
    [failed(1, 'rate_limited'), 'Failed: rate limit'],
    [failed(1, 'something_new', 'The'), 'Failed: something_new'],
  ])('%#: %s', (record, said) => {
    expect(sayStatus(statusOf(record, { running: true }))).toBe(said);
  });

  it('say of a run that is played back how much of it is shown, not that it runs', () => {
    const playback = { step: 2, of: 5, unit: 'word' as const, settled: new Map() };
    const said = [running(1, ''), running(1, words(2))].map((record) =>
      sayStatus(statusOf(record, { running: true, playback })),
    );
    expect(said).toEqual(['Replay, 0 words', 'Replay, 2 words']);
  });

  it('say of a run that never got its turn that it was not run', () => {
    expect(sayStatus(statusOf(queued(1), { running: false }))).toBe('Not run');
  });
});
