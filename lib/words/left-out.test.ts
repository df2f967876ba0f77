import { describe, expect, it } from 'vitest';
import { findLeftOut, reasonLeftOut } from '@/lib/compare/measure/comparable';
import { ended, failed, queued, running } from '@/lib/run/records.fixture';
import { sayLeftOut, sayReason } from './left-out';

describe('why a run is left out', () => {
  it.each([
    [failed(1, 'rate_limited', 'x'), 'failed: rate limit.'],
    [failed(1, 'quota_exhausted'), 'failed: the budget is used up.'],
    [failed(1, 'key_refused'), 'failed: the key was refused.'],
    [failed(1, 'model_not_found'), 'failed: no such model.'],
    [failed(1, 'bad_request'), 'failed: the request was refused.'],
    [failed(1, 'server_error'), "failed: the provider's server failed."],
    [failed(1, 'connection_failed'), 'failed: no connection.'],
    [failed(1, 'timed_out'), 'failed: no answer in time.'],
    [failed(1, 'stalled', 'x'), 'failed: the answer stalled.'],
    [failed(1, 'cut_off', 'x'), 'failed: the answer broke off.'],
    [failed(1, 'not_a_stream'), 'failed: not an answer in OpenAI’s format.'],
    [failed(1, 'too_long', 'x'), 'failed: the answer was too long.'],
    [failed(1, 'something_new'), 'failed: something_new.'],
    [queued(1), 'has not finished.'],
    [running(1, 'x'), 'has not finished.'],
    [ended(1, 'x', { finish: 'aborted' }), 'was stopped.'],
    [ended(1, 'Sorry.', { finish: 'refusal' }), 'was declined by the model.'],
    [ended(1, 'x', { finish: 'content_filter' }), 'was withheld by a content filter.'],
    [ended(1, '', { finish: 'stop' }), 'returned no text.'],
    [ended(1, '', { finish: 'length' }), 'returned no text.'],
    [ended(1, '', { finish: 'length', reasoning: 'Well' }), 'reasoned, and gave no answer.'],
    [ended(1, 'x', { finish: 'tool_calls' }), 'ended with tool_calls.'],
    [ended(1, 'x', { cached: true }), 'was answered from a cache.'],
  ])('%#: is said so that it fits after "run 1"', (run, words) => {
    const reason = reasonLeftOut(run);
    expect(reason && sayReason(reason)).toBe(words);
  });

  it('is said of several runs in the plural', () => {
    const plural = [queued(1), ended(1, 'x', { finish: 'aborted' }), failed(1, 'stalled'), ended(1, '')].map((run) => {
      const reason = reasonLeftOut(run);
      return reason && sayReason(reason, 2);
    });
    expect(plural).toEqual(['have not finished.', 'were stopped.', 'failed: the answer stalled.', 'returned no text.']);
  });
});

describe('the runs that are left out', () => {
  it('are said together where they have one reason', () => {
    const runs = [failed(1, 'rate_limited'), ended(2, 'x', { finish: 'aborted' }), failed(3, 'stalled')];
    const more = [ended(4, 'y', { finish: 'aborted' }), ended(5, 'x')];
    expect(sayLeftOut(findLeftOut([...runs, ...more]))).toBe(
      'Run 1 failed: rate limit. Runs 2, 4 were stopped. Run 3 failed: the answer stalled.',
    );
    expect(sayLeftOut([])).toBe('');
  });
});
