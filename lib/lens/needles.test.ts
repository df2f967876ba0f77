import { describe, expect, it } from 'vitest';
import { aMoment } from './moments.fixture';
import { drawOutcomes, needlesOf } from './needles';

const drawn = (token: string, u: number) => aMoment(token, [], { draw: { u, from: 0, to: 0.5 } });
const reshaped = (token: string, u: number) => ({
  exact: true,
  options: [],
  rest: { tokens: 0, probability: 0, chance: 0 },
  sameDraw: { token, u, from: 0.2, to: 0.9 },
});

describe('what each draw hit', () => {
  it('is the token that came, with its segment, for every run whose draw is known', () => {
    const together = [
      { run: 2, moment: drawn('a', 0.3) },
      { run: 1, moment: aMoment('b') },
    ];
    expect(drawOutcomes(together)).toEqual([{ run: 2, u: 0.3, token: 'a', from: 0, to: 0.5 }]);
  });

  it('is another token under other settings, where that is known', () => {
    const together = [
      { run: 1, moment: drawn('a', 0.3) },
      { run: 2, moment: drawn('a', 0.4) },
    ];
    expect(drawOutcomes(together, [reshaped('z', 0.3), null])).toEqual([
      { run: 1, u: 0.3, token: 'z', from: 0.2, to: 0.9 },
      { run: 2, u: 0.4, token: 'a', from: 0, to: 0.5 },
    ]);
  });

  it('is nothing where the request gave the token, under any settings', () => {
    const given = { ...drawn('a', 0.3), given: true };
    expect(drawOutcomes([{ run: 1, moment: given }], [reshaped('z', 0.3)])).toEqual([]);
  });
});

describe('needles', () => {
  it('are shared by the runs with the same draw and token, and go by run numbers', () => {
    const outcomes = drawOutcomes([
      { run: 3, moment: drawn('a', 0.3) },
      { run: 1, moment: drawn('a', 0.3) },
      { run: 2, moment: drawn('b', 0.7) },
    ]);
    expect(needlesOf(outcomes)).toEqual([
      { u: 0.3, runs: [1, 3], token: 'a', from: 0, to: 0.5 },
      { u: 0.7, runs: [2], token: 'b', from: 0, to: 0.5 },
    ]);
    expect(needlesOf([])).toEqual([]);
  });
});
