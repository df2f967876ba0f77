import { describe, expect, it } from 'vitest';
import { groupDestinations } from '@/lib/compare/measure/destinations';
import { sentTo } from '@/lib/compare/measure/experiments.fixture';
import type { RunRecord } from '@/lib/run/record';
import { ended, queued } from '@/lib/run/records.fixture';
import { sayOneAtATime, saySentTo } from './destinations';

const said = (runs: RunRecord[], imported = false) => saySentTo(groupDestinations(runs), imported);

describe('the words for servers that answer one run at a time', () => {
  it('name them, and are none if there is none', () => {
    expect(sayOneAtATime([])).toBe('');
    expect(sayOneAtATime(['http://a/v1', 'http://b/v1'])).toMatch(
      /^http:\/\/a\/v1 and http:\/\/b\/v1 answered one run at/,
    );
  });
});

describe('the words for where runs were sent', () => {
  it('name the address', () => {
    expect(said(sentTo(8281, 8281))).toBe('Sent to http://127.0.0.1:8281/v1.');
  });

  it('name each address with its runs where there are several', () => {
    expect(said([...sentTo(8281, 8282, 8281), ended(4, 'x')])).toBe(
      'Not all sent to one address. Runs 1, 3: http://127.0.0.1:8281/v1; run 2: http://127.0.0.1:8282/v1; run 4: address not recorded.',
    );
    expect(said(sentTo(1, 2, 3, 4, 5, 6))).toMatch(/; run 4: http:\/\/127\.0\.0\.1:4\/v1; 2 more\.$/);
  });

  it('say that it was not recorded', () => {
    expect(said([ended(1, 'x')])).toBe('Where these runs were sent was not recorded.');
  });

  it('are none for what stayed inside Seedbed or was never sent', () => {
    for (const runs of [[], [queued(1)], sentTo(null, null), [ended(1, '', { finish: 'aborted', attempts: 0 })]])
      expect(said(runs)).toBe('');
  });

  it('say of imported runs that a file says so, or nothing', () => {
    expect(said(sentTo(8281), true)).toBe('Sent to http://127.0.0.1:8281/v1, says the imported file.');
    expect(said(sentTo(8281, 8282), true)).toBe(
      'Not all sent to one address, says the imported file. Run 1: http://127.0.0.1:8281/v1; run 2: http://127.0.0.1:8282/v1.',
    );
    expect(said([ended(1, 'x')], true)).toBe('');
  });
});
