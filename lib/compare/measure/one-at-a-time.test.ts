import { describe, expect, it } from 'vitest';
import type { EndedRun } from '@/lib/run/record';
import { anEndpoint, ended, failed } from '@/lib/run/records.fixture';
import { answeringOneAtATime } from './one-at-a-time';

/** A run that was sent, began to answer and ended at these times. */
type Times = [sent: number, first: number | null, end: number];
const run = ([sent, first, end]: Times, index: number): EndedRun => ({
  ...ended(index + 1, 'x', {
    timing: { queuedMs: sent, firstTextMs: first === null ? null : first - sent, totalMs: end - sent },
  }),
  endpoint: anEndpoint,
});
const noticed = (...times: Times[]) => answeringOneAtATime(times.map(run)).length > 0;

const inTurn: Times[] = [
  [0, 100, 1100],
  [1, 1150, 2150],
  [2, 2200, 3200],
];

describe('a server that answers one run at a time', () => {
  it('is noticed by its address, in whatever order the runs are taken', () => {
    const runs = inTurn.map(run);
    expect(answeringOneAtATime(runs)).toEqual(['http://127.0.0.1:8281/v1']);
    expect(answeringOneAtATime([...runs.toReversed(), failed(4, 'stalled')])).toEqual(['http://127.0.0.1:8281/v1']);
  });

  it('may begin a little before the other run has ended, as far as we can see', () => {
    expect(noticed([0, 100, 1100], [0, 1050, 2100], [0, 2050, 3100])).toBe(true);
  });

  it.each<[string, Times[]]>([
    ['two runs only', inTurn.slice(0, 2)],
    [
      'runs that are answered together',
      [
        [0, 100, 1100],
        [0, 120, 1150],
        [0, 90, 1000],
      ],
    ],
    [
      'two slots',
      [
        [0, 100, 1100],
        [0, 120, 1150],
        [0, 1150, 2150],
        [0, 1200, 2200],
      ],
    ],
    [
      'runs that were sent one after the other',
      [
        [0, 100, 1100],
        [1100, 1200, 2200],
        [2200, 2300, 3300],
      ],
    ],
    [
      'answers that come in a moment',
      [
        [0, 100, 101],
        [0, 200, 201],
        [0, 300, 301],
      ],
    ],
    ['a run without a first text', [...inTurn, [0, null, 50]]],
  ])('is not claimed of %s', (_, times) => {
    expect(noticed(...times)).toBe(false);
  });

  it('is not claimed of a model inside this server, of a cache, or of runs that were sent again', () => {
    const runs = inTurn.map(run);
    expect(answeringOneAtATime(runs.map((each) => ({ ...each, endpoint: null })))).toEqual([]);
    expect(answeringOneAtATime(runs.map((each) => ({ ...each, cached: true as const })))).toEqual([]);
    expect(answeringOneAtATime(runs.map((each) => ({ ...each, attempts: 2 })))).toEqual([]);
  });

  it('is told from another that answers together', () => {
    const other = { origin: 'http://127.0.0.1:8282', path: '/v1' };
    const together = inTurn.map(([sent], at) => ({ ...run([sent, 100, 1100], at), run: at + 4, endpoint: other }));
    expect(answeringOneAtATime([...inTurn.map(run), ...together])).toEqual(['http://127.0.0.1:8281/v1']);
  });
});
