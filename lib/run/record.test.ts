import { describe, expect, it } from 'vitest';
import { isMissing, isWorthRetrying } from './record';
import { ended, failed, queued, running } from './records.fixture';

describe('a run without a finished text', () => {
  const missing = [failed(1, 'stalled'), queued(2), ended(3, 'x', { finish: 'aborted' }), failed(4, 'key_refused')];

  it('is missing, and may be run again as it is', () => {
    expect(missing.map(isMissing)).toEqual([true, true, true, true]);
    expect(missing.map(isWorthRetrying)).toEqual([true, true, true, true]);
    expect([ended(1, 'x'), running(2, 'x')].map(isMissing)).toEqual([false, false]);
  });

  it('is not worth another try if its very request was refused', () => {
    expect(isMissing(failed(1, 'bad_request'))).toBe(true);
    expect(isWorthRetrying(failed(1, 'bad_request'))).toBe(false);
  });
});
