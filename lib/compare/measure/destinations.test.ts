import { describe, expect, it } from 'vitest';
import type { RunRecord } from '@/lib/run/record';
import { anEndpoint, ended, failed, queued, running } from '@/lib/run/records.fixture';
import { compareDestinations, type Destination, groupDestinations } from './destinations';
import { sentTo } from './experiments.fixture';

const address = (port: number): Destination => ({ kind: 'address', address: `http://127.0.0.1:${port}/v1` });
const [a, b] = [address(8281), address(8282)];
const inside: Destination = { kind: 'inside' };
const unrecorded: Destination = { kind: 'unrecorded' };

describe('the destinations of runs', () => {
  it('come by first run, each with all of its runs', () => {
    expect(groupDestinations(sentTo(8282, 8281, 8282, null))).toEqual([
      { destination: b, runs: [1, 3] },
      { destination: a, runs: [2] },
      { destination: inside, runs: [4] },
    ]);
  });

  it('are those of runs that failed or go on too, and of none that was never sent', () => {
    const runs: RunRecord[] = [
      { ...failed(1, 'stalled'), endpoint: anEndpoint },
      { ...running(2, 'x'), endpoint: anEndpoint },
      queued(3),
      ended(4, '', { finish: 'aborted', attempts: 0 }),
      ended(5, '', { finish: 'aborted' }), // as it stands in a page that hears of it
    ];
    expect(groupDestinations(runs)).toEqual([{ destination: a, runs: [1, 2] }]);
  });

  it('are not recorded for runs of earlier versions', () => {
    expect(groupDestinations([ended(1, 'x'), failed(2, 'stalled')])).toEqual([
      { destination: unrecorded, runs: [1, 2] },
    ]);
  });
});

describe('compareDestinations', () => {
  it.each([
    ['nothing', [a], [a], null],
    ['nothing', [a, b], [b, a], null],
    ['nothing', [inside], [inside], null],
    ['a change', [a], [b], 'changed'],
    ['a change', [a], [a, b], 'changed'],
    ['a change', [a, b], [b], 'changed'],
    ['a change', [a], [inside], 'changed'],
    ['a change', [a, unrecorded], [b], 'changed'],
    ['a change', [a], [b, unrecorded], 'changed'],
    ['that it is open', [unrecorded], [a], 'unrecorded'],
    ['that it is open', [a], [unrecorded], 'unrecorded'],
    ['that it is open', [unrecorded], [unrecorded], 'unrecorded'],
    ['that it is open', [a, unrecorded], [a], 'unrecorded'],
    ['that it is open', [a, unrecorded], [a, b, unrecorded], 'unrecorded'],
  ] as const)('finds %s in %o, then %o', (_, some, others, found) => {
    expect(compareDestinations(some, others)).toBe(found);
  });
});
