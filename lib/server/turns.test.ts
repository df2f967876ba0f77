import { setImmediate as nextRound } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

const anna = { visitor: 'anna', experiment: '1' };

describe('turns', () => {
  it('go round among visitors, and among the experiments of each', async () => {
    const turns = new Turns();
    const worked: string[] = [];
    const work = (visitor: string, experiment: string) =>
      turns.take({ visitor, experiment }).then(() => worked.push(visitor + experiment));
    await Promise.all(['a1', 'a1', 'a1', 'a2', 'b1', 'b1', 'a3'].map(([who = '', what = '']) => work(who, what)));
    expect(worked).toEqual(['a1', 'a1', 'b1', 'a2', 'b1', 'a3', 'a1']);
  });

  it('are as many in a round as there may be', async () => {
    const turns = new Turns(2);
    const worked: string[] = [];
    for (const what of ['1', '2', '3', '4', '5']) void turns.take(anna).then(() => worked.push(what));
    const seen: number[] = [];
    for (let round = 0; round < 3; round++) {
      await Promise.resolve();
      seen.push(worked.length);
      await nextRound();
    }
    expect(seen).toEqual([2, 4, 5]);
  });

  it('leave time for whatever else comes between two of them', async () => {
    const turns = new Turns();
    let worked = 0;
    const all = Promise.all(Array.from({ length: 100 }, () => turns.take(anna).then(() => worked++)));
    const seen: number[] = [];
    while (worked < 100) {
      await nextRound();
      seen.push(worked);
    }
    await all;
    expect(new Set(seen).size).toBeGreaterThan(90);
    await turns.take(anna);
  });
});
