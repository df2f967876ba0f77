import { describe, expect, it } from 'vitest';
import { firstChoices, momentAcrossRuns, type TracedRun } from './across-runs';
import { aMoment, aSetting, aTracedRun } from './moments.fixture';

const first = aMoment('The', [['The', 1]]);
const fork: [string, number][] = [
  [' cat', 0.5],
  [' dog', 0.5],
];
const under = (key: string, run: TracedRun): TracedRun => ({ ...run, setting: aSetting(key) });

describe('a moment across runs', () => {
  const cat = aTracedRun(1, first, aMoment(' cat', fork), aMoment(' sat', [[' sat', 1]]));
  const dog = aTracedRun(2, first, aMoment(' dog', fork), aMoment(' ran', [[' ran', 1]]));
  const short = aTracedRun(3, first);

  it('joins the runs with the same tokens before it, the run looked at first', () => {
    const second = momentAcrossRuns([cat, dog, short], 2, 1);
    expect(second?.own.together.map(({ run, moment }) => [run, moment.token])).toEqual([
      [2, ' dog'],
      [1, ' cat'],
    ]);
    expect(second?.choices).toEqual([second?.own]);
    expect(second?.elsewhere).toEqual([3]);
    expect(momentAcrossRuns([cat, dog, short], 1, 2)).toMatchObject({
      own: { together: [{ run: 1 }] },
      elsewhere: [2, 3],
    });
  });

  it('keeps runs under other settings apart, in the order in which these first ran', () => {
    const [hot, cold] = [under('T 1', dog), under('T 0', aTracedRun(4, first, aMoment(' cat', fork)))];
    const found = momentAcrossRuns([cat, hot, cold, under('T 1', aTracedRun(5, first, aMoment(' cat', fork)))], 5, 1);
    expect(found?.choices.map(({ setting, together }) => [setting.key, together.map(({ run }) => run)])).toEqual([
      ['as asked', [1]],
      ['T 1', [5, 2]],
      ['T 0', [4]],
    ]);
    expect(found?.own).toBe(found?.choices[1]);
    expect(found?.elsewhere).toEqual([]);
  });

  it('adds what another run of the setting took to the options, and takes it out of the rest', () => {
    const rest = { tokens: 2430, probability: 0.25, chance: 0.25 };
    const listed = aTracedRun(1, first, aMoment(' cat', fork, { rest }));
    const rare = aTracedRun(4, first, aMoment(' zebu', [[' zebu', 0.125]]));
    const elsewhere = under('T 1', aTracedRun(5, first, aMoment(' yak', [[' yak', 0.125]])));
    const own = momentAcrossRuns([listed, rare, elsewhere], 1, 1)?.own;
    expect(own?.options.map(({ token }) => token)).toEqual([' cat', ' dog', ' zebu']);
    expect(own?.rest).toEqual({ tokens: 2429, probability: 0.125, chance: 0.125 });
  });

  it('is null where the run has no such token', () => {
    expect(momentAcrossRuns([cat], 1, 3)).toBeNull();
    expect(momentAcrossRuns([cat], 9, 0)).toBeNull();
  });

  it('shows the first settings, and that of the run looked at in any case', () => {
    const runs = ['a', 'b', 'c', 'd'].map((key, at) => under(key, aTracedRun(at + 1, first)));
    const keysOf = (run: number) => {
      const across = momentAcrossRuns(runs, run, 0);
      if (!across) throw new Error('Every run has a first token.');
      const { shown, left } = firstChoices(across, 2);
      return [shown, left].map((those) => those.map(({ setting }) => setting.key).join(''));
    };
    expect([keysOf(2), keysOf(4)]).toEqual([
      ['ab', 'cd'],
      ['ad', 'bc'],
    ]);
  });
});
