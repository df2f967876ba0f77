import { setImmediate as nextRound } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { Turns } from './turns';

describe('turns', () => {
  it('go round among those who wait, in the order in which each wanted them', async () => {
    const turns = new Turns();
    const worked: string[] = [];
    const work = (who: string, what: string) => turns.take(who).then(() => worked.push(who + what));
    await Promise.all([work('a', '1'), work('a', '2'), work('a', '3'), work('b', '1'), work('c', '1'), work('b', '2')]);
    expect(worked).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2']);
  });

  it('are as many in a round as there may be', async () => {
    const turns = new Turns(2);
    const worked: string[] = [];
    for (const what of ['1', '2', '3', '4', '5']) void turns.take('a').then(() => worked.push(what));
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
    const all = Promise.all(Array.from({ length: 100 }, () => turns.take('a').then(() => worked++)));
    const seen: number[] = [];
    while (worked < 100) {
      await nextRound();
      seen.push(worked);
    }
    await all;
    expect(new Set(seen).size).toBeGreaterThan(90);
    await turns.take('later');
  });
});
