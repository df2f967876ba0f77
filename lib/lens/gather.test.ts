import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gather, nearMisses, surprise, type Traced, unitLine } from './gather';
import type { Moment } from './moment';

const moment = (token: string, options: [string, number, number?][], change: Partial<Moment> = {}): Moment => ({
  token,
  from: 0,
  to: token.length,
  truth: 'exact',
  options: options.map(([name, probability, chance = probability]) => ({ token: name, probability, chance })),
  rest: { tokens: 0, probability: 0, chance: 0 },
  draw: null,
  given: false,
  ...change,
});
const first = moment('The', [['The', 1]]);
const fork: [string, number][] = [
  [' cat', 0.5],
  [' dog', 0.5],
];
const run = (number: number, ...moments: Moment[]): Traced => ({
  run: number,
  text: moments.map(({ token }) => token).join(''),
  moments,
});

describe('gather', () => {
  const cat = run(1, first, moment(' cat', fork), moment(' sat', [[' sat', 1]]));
  const dog = run(2, first, moment(' dog', fork), moment(' ran', [[' ran', 1]]));
  const short = run(3, first);

  it('takes together the runs that had said the same until then', () => {
    const at = gather([cat, dog, short], 2, 1);
    expect(at?.together.map((each) => [each.run, each.moment.token])).toEqual([
      [2, ' dog'],
      [1, ' cat'],
    ]);
    expect(at?.elsewhere).toEqual([3]);
    expect(gather([cat, dog, short], 1, 2)).toMatchObject({ together: [{ run: 1 }], elsewhere: [2, 3] });
  });

  it('adds what another run took to the options', () => {
    const rare = run(4, first, moment(' zebu', [[' zebu', 0.01]]));
    expect(gather([cat, rare], 1, 1)?.options.map(({ token }) => token)).toEqual([' cat', ' dog', ' zebu']);
  });

  it('has nothing where the run has no such token', () => {
    expect(gather([cat], 1, 3)).toBeNull();
    expect(gather([cat], 9, 0)).toBeNull();
  });
});

describe('unitLine', () => {
  it('cuts the line into chances, and leaves the others their place', () => {
    const options = [
      { token: 'a', chance: 0.5 },
      { token: 'b', chance: 0.25 },
      { token: 'cut', chance: 0 },
      { token: 'z', chance: 0.01 },
    ];
    expect(unitLine(options, [{ token: 'z', from: 0.9, to: 0.91 }])).toEqual([
      { token: 'a', from: 0, to: 0.5 },
      { token: 'b', from: 0.5, to: 0.75 },
      { token: null, from: 0.75, to: 0.9 },
      { token: 'z', from: 0.9, to: 0.91 },
      { token: null, from: 0.91, to: 1 },
    ]);
  });

  it('covers the line from 0 to 1 without overlaps', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }), (weights) => {
        const sum = weights.reduce((all, each) => all + each, 0) + 0.1;
        const line = unitLine(
          weights.map((weight, at) => ({ token: String(at), chance: weight / sum })),
          [],
        );
        expect(line[0]?.from).toBe(0);
        expect(line.at(-1)?.to).toBeCloseTo(1, 9);
        for (const [at, segment] of line.entries()) expect(segment.from).toBeCloseTo(line[at - 1]?.to ?? 0, 9);
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe('the whole text', () => {
  it('is surprising by the bit', () => {
    expect(surprise(moment('a', [['a', 1]]))).toBe(0);
    expect(surprise(moment('a', [['a', 0.125]]))).toBe(3);
    expect(surprise(moment('a', [['a', 0]]))).toBe(Number.POSITIVE_INFINITY);
  });

  it('could have gone otherwise where the runner-up was nearest', () => {
    const sure = moment('a', [
      ['a', 0.9],
      ['b', 0.1],
    ]);
    const lucky = moment('a', [
      ['b', 0.6],
      ['a', 0.4],
    ]);
    const near = moment('a', [
      ['a', 0.41],
      ['b', 0.38],
    ]);
    expect(nearMisses([sure, near, lucky], 2).map(({ at }) => at)).toEqual([2, 1]);
    expect(nearMisses([moment('a', [['a', 1]]), { ...near, given: true }], 5)).toEqual([]);
  });
});
