import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { WaitingLine } from './waiting-line';

type One = { caller: { visitor: string; experiment: string }; at: number };

/** Calls as in `anna 1`: a visitor's, for the first of her experiments. */
function lineOf(names: readonly string[]) {
  const line = new WaitingLine<One>();
  const ones = names.map((name, at) => {
    const [visitor = '', experiment = ''] = name.split(' ');
    return { caller: { visitor, experiment }, at };
  });
  for (const one of ones) line.add(one);
  return { line, ones };
}

/** All that wait, in the order of their turns. */
function turnsOf(line: WaitingLine<One>, suits?: (one: One) => boolean): One[] {
  const turns: One[] = [];
  for (let next = line.first(suits); next; next = line.first(suits)) {
    line.take(next);
    turns.push(next);
  }
  return turns;
}

const numbers = (turns: readonly One[]) => turns.map(({ at }) => at);

describe('a waiting line', () => {
  it('gives turns to visitors, and of each to experiments, in the order in which they came', () => {
    const { line } = lineOf(['anna 1', 'anna 1', 'anna 2', 'ben 1', 'anna 3', 'ben 1', 'anna 1']);
    expect(numbers(turnsOf(line))).toEqual([0, 3, 2, 5, 4, 1, 6]);
    expect(line.size).toBe(0);
  });

  it('gives one of thirty experiments no more than one visitor has', () => {
    const many = Array.from({ length: 600 }, (_, at) => `anna ${at % 30}`);
    const { line } = lineOf([...many, ...Array.from({ length: 5 }, () => 'ben 1')]);
    const turns = turnsOf(line).slice(0, 10);
    expect(turns.map(({ caller }) => caller.visitor)).toEqual(Array.from({ length: 5 }, () => ['anna', 'ben']).flat());
    expect(turns.filter(({ caller }) => caller.visitor === 'anna').map(({ caller }) => caller.experiment)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
  });

  it('passes over visitors whose next one does not suit, and keeps their turn', () => {
    const { line } = lineOf(['anna 1', 'ben 1', 'carl 1', 'ben 1']);
    expect(numbers(turnsOf(line, ({ caller }) => caller.visitor === 'ben'))).toEqual([1, 3]);
    expect(numbers(turnsOf(line))).toEqual([0, 2]);
  });

  it('forgets whoever waits no longer, and costs no one a turn by that', () => {
    const { line, ones } = lineOf(['anna 1', 'anna 2', 'ben 1', 'anna 1']);
    for (const at of [0, 0, 2]) line.remove(ones[at] ?? { caller: { visitor: '', experiment: '' }, at });
    expect(line.size).toBe(2);
    expect(numbers(turnsOf(line))).toEqual([3, 1]);
  });

  it('gives everybody who waits a turn before anybody has two more, visitors and experiments alike', () => {
    const names = fc.array(fc.constantFrom('a 1', 'a 2', 'a 3', 'b 1', 'b 2', 'c 1'), { maxLength: 40 });
    const perName = (turns: readonly One[], nameOf: (one: One) => string) => Map.groupBy(turns, nameOf);
    const isFair = (turns: readonly One[], nameOf: (one: One) => string) => {
      const all = perName(turns, nameOf);
      for (let end = 0; end <= turns.length; end++) {
        const had = perName(turns.slice(0, end), nameOf);
        const counts = [...all.keys()].map((name) => had.get(name)?.length ?? 0);
        const waiting = [...all].filter(([name, { length }]) => length > (had.get(name)?.length ?? 0));
        for (const [name] of waiting) expect(Math.max(...counts) - (had.get(name)?.length ?? 0)).toBeLessThanOrEqual(1);
      }
    };
    fc.assert(
      fc.property(names, (each) => {
        const { line, ones } = lineOf(each);
        const turns = turnsOf(line);
        expect(turns.toSorted((one, two) => one.at - two.at)).toEqual(ones);
        isFair(turns, ({ caller }) => caller.visitor);
        for (const own of Map.groupBy(turns, ({ caller }) => caller.visitor).values())
          isFair(own, ({ caller }) => caller.experiment);
      }),
      { seed: 16, numRuns: cases(200) },
    );
  });
});
