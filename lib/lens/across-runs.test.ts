import { describe, expect, it } from 'vitest';
import { momentAcrossRuns } from './across-runs';
import { aMoment, aTracedRun } from './moments.fixture';

const first = aMoment('The', [['The', 1]]);
const fork: [string, number][] = [
  [' cat', 0.5],
  [' dog', 0.5],
];

describe('a moment across runs', () => {
  const cat = aTracedRun(1, first, aMoment(' cat', fork), aMoment(' sat', [[' sat', 1]]));
  const dog = aTracedRun(2, first, aMoment(' dog', fork), aMoment(' ran', [[' ran', 1]]));
  const short = aTracedRun(3, first);

  it('joins the runs with the same tokens before it, the run looked at first', () => {
    const second = momentAcrossRuns([cat, dog, short], 2, 1);
    expect(second?.together.map(({ run, moment }) => [run, moment.token])).toEqual([
      [2, ' dog'],
      [1, ' cat'],
    ]);
    expect(second?.elsewhere).toEqual([3]);
    expect(momentAcrossRuns([cat, dog, short], 1, 2)).toMatchObject({ together: [{ run: 1 }], elsewhere: [2, 3] });
  });

  it('adds what another run took to the options', () => {
    const rare = aTracedRun(4, first, aMoment(' zebu', [[' zebu', 0.01]]));
    expect(momentAcrossRuns([cat, rare], 1, 1)?.options.map(({ token }) => token)).toEqual([' cat', ' dog', ' zebu']);
  });

  it('is null where the run has no such token', () => {
    expect(momentAcrossRuns([cat], 1, 3)).toBeNull();
    expect(momentAcrossRuns([cat], 9, 0)).toBeNull();
  });
});
