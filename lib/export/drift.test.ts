import { parse } from 'valibot';
import { describe, expect, it } from 'vitest';
import { Drift } from '@/lib/api/drift';
import { drift } from '@/lib/compare/measure/drift';
import { madeAt, march } from '@/lib/compare/measure/experiments.fixture';
import type { RunRecord } from '@/lib/run/record';
import { anEndpoint, ended, failed } from '@/lib/run/records.fixture';
import { toDrift } from './drift';

const saved = (day: number, runs: RunRecord[]) => madeAt(march(day), runs, `day ${day}`);

describe('the timeline of an answer', () => {
  it('has words beside the facts', () => {
    const timeline = toDrift(
      drift([
        saved(3, [
          ended(1, 'x', { fingerprints: ['fp_a'], endpoint: anEndpoint }),
          ended(2, 'x', { endpoint: anEndpoint }),
        ]),
        saved(9, [ended(1, 'y'), failed(2, 'rate_limited')]),
      ]),
    );
    expect(timeline).toEqual({
      rows: [
        {
          id: 'day 3',
          createdAt: '2026-03-03T12:00:00.000Z',
          dots: [
            { run: 1, letter: 'A', leftOut: null, why: null },
            { run: 2, letter: 'A', leftOut: null, why: null },
          ],
          fingerprints: ['fp_a', null],
          destinations: [{ kind: 'address', address: 'http://127.0.0.1:8281/v1' }],
        },
        {
          id: 'day 9',
          createdAt: '2026-03-09T12:00:00.000Z',
          dots: [
            { run: 1, letter: 'B', leftOut: null, why: null },
            { run: 2, letter: null, leftOut: { kind: 'failed', code: 'rate_limited' }, why: 'failed: rate limit.' },
          ],
          fingerprints: [null],
          destinations: [{ kind: 'unrecorded' }],
        },
      ],
      letters: 2,
      bands: [
        {
          ...{ fingerprint: 'fp_a (not in all runs)', fingerprints: ['fp_a'], partly: true, from: 0, to: 0 },
          address: 'http://127.0.0.1:8281/v1',
          destinations: [{ kind: 'address', address: 'http://127.0.0.1:8281/v1' }],
        },
        {
          ...{ fingerprint: null, fingerprints: [], partly: false, from: 1, to: 1 },
          address: 'address not recorded',
          destinations: [{ kind: 'unrecorded' }],
        },
      ],
      moved: true,
      sentence: 'Text A until 3 Mar 2026, text B since 9 Mar 2026.',
      facts: { kind: 'turn', until: '2026-03-03T12:00:00.000Z', since: '2026-03-09T12:00:00.000Z', unseeded: false },
    });
    expect(parse(Drift, timeline)).toEqual(timeline);
  });
});
