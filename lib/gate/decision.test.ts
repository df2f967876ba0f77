import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import {
  commonestShare,
  type Decision,
  decide,
  type Looks,
  looksUpTo,
  namedShare,
  oneLook,
  runsToHold,
} from './decision';

type Interval = typeof namedShare;

/** What becomes of a case after so many matching runs at each look, and after how many runs. */
function run(looks: Looks, wanted: number, interval: Interval, matchingOf: (runs: number) => number) {
  for (const runs of looks.at) {
    const decision = decide(interval(matchingOf(runs), runs, looks.tail), wanted);
    if (decision !== 'undecided') return { decision, runs };
  }
  return { decision: 'undecided' as Decision, runs: looks.at.at(-1) ?? 0 };
}

/** How often each decision comes, and how many runs that takes: exactly, over all that can happen at a true share. */
function exactly(looks: Looks, wanted: number, truth: number) {
  const often = { holds: 0, fails: 0, undecided: 0 };
  let runs = 0;
  let going = new Map([[0, 1]]);
  let before = 0;
  for (const at of looks.at) {
    for (let made = before; made < at; made++) {
      const next = new Map<number, number>();
      for (const [matching, chance] of going) {
        next.set(matching, (next.get(matching) ?? 0) + chance * (1 - truth));
        next.set(matching + 1, (next.get(matching + 1) ?? 0) + chance * truth);
      }
      going = next;
    }
    for (const [matching, chance] of going) {
      const decision = decide(namedShare(matching, at, looks.tail), wanted);
      if (decision === 'undecided' && at !== looks.at.at(-1)) continue;
      often[decision] += chance;
      runs += chance * at;
      going.delete(matching);
    }
    before = at;
  }
  return { ...often, runs };
}

const wantedShares = [0.5, 0.8, 0.9, 0.95];
const trueShares = [0.05, 0.3, 0.5, 0.7, 0.79, 0.8, 0.85, 0.89, 0.9, 0.93, 0.95, 0.97, 0.99, 1];
const grid = wantedShares.flatMap((wanted) => trueShares.map((truth) => ({ wanted, truth })));

describe.each([
  ['a case of 40 runs', oneLook(40)],
  ['a case of up to 40 runs that ends once it is decided', looksUpTo(40)],
  ['a case of up to 200 runs that ends once it is decided', looksUpTo(200)],
])('%s', (_, looks) => {
  it.each(grid)('is wrong about $wanted at most once in forty where the share is $truth', ({ wanted, truth }) => {
    const { holds, fails, undecided } = exactly(looks, wanted, truth);
    expect(truth < wanted ? holds : fails).toBeLessThanOrEqual(0.025);
    expect(holds + fails + undecided).toBeCloseTo(1, 10);
  });
});

describe('going on once with more runs after a look that was not planned so', () => {
  it.each(grid)('is wrong about $wanted at most once in twenty where the share is $truth', ({ wanted, truth }) => {
    const { holds, fails } = exactly({ at: [40, 80], tail: oneLook(40).tail }, wanted, truth);
    expect(truth < wanted ? holds : fails).toBeLessThanOrEqual(0.05);
  });
});

describe('ending early', () => {
  it.each([
    [0.3, 0.9, 15],
    [0.6, 0.9, 25],
    [1, 0.9, 52],
    [0.99, 0.9, 70],
  ])('at a share of %f, of which %f is wanted, takes at most %i runs of 100', (truth, wanted, runs) => {
    expect(exactly(looksUpTo(100), wanted, truth).runs).toBeLessThanOrEqual(runs);
  });

  it('never takes more runs than there may be', () => {
    for (const max of [1, 2, 3, 7, 8, 100, 1000]) expect(looksUpTo(max).at.at(-1)).toBe(max);
  });

  it('shares the error between its looks', () => {
    expect(looksUpTo(100)).toEqual({ at: [13, 25, 50, 100], tail: 0.00625 });
    expect(looksUpTo(2)).toEqual({ at: [1, 2], tail: 0.0125 });
  });
});

describe('a text that is chosen from the runs', () => {
  // Models by the shares of their texts. The first is the share that the demand is about.
  const models = [
    [0.5, 0.5],
    [0.2, 0.2, 0.2, 0.2, 0.2],
    [0.88, 0.12],
    [0.9, 0.1],
    [0.95, 0.05],
    [0.4, 0.3, 0.2, 0.1],
  ];
  const random = xoroshiro128plus(17);

  function drawn(shares: readonly number[]): number {
    let rest = uniformFloat64(random);
    return shares.findIndex((share) => {
      rest -= share;
      return rest < 0;
    });
  }

  const ways = [
    { way: 'at once', looks: oneLook(80) },
    { way: 'until decided', looks: looksUpTo(80) },
  ];
  const simulated = ways.flatMap((way) =>
    models.flatMap((model) => wantedShares.map((wanted) => ({ ...way, model, wanted }))),
  );

  it.each(simulated)(
    'is wrong about $wanted at most once in forty where the texts come in $model, $way',
    ({ model, wanted, looks }) => {
      const trials = cases(4000);
      let wrong = 0;
      for (let trial = 0; trial < trials; trial++) {
        const texts = Array.from({ length: 80 }, () => drawn(model));
        const counts = (runs: number) =>
          model.map((_, text) => texts.slice(0, runs).filter((each) => each === text).length);
        const { decision } = run(looks, wanted, commonestShare, (runs) => Math.max(...counts(runs)));
        if (decision === (Math.max(...model) < wanted ? 'holds' : 'fails')) wrong++;
      }
      // Three standard errors above one in forty: what is at most that comes out higher once in a thousand.
      expect(wrong / trials).toBeLessThanOrEqual(0.025 + 3 * Math.sqrt((0.025 * 0.975) / trials));
    },
  );
});

describe('a decision', () => {
  it.each([
    [[0.9, 1], 0.9, 'holds'],
    [[0.5, 0.89], 0.9, 'fails'],
    [[0.5, 0.9], 0.9, 'undecided'],
    [[0, 1], 0.01, 'undecided'],
  ] as const)('on %j, of which %f is wanted, is: %s', ([low, high], wanted, decision) => {
    expect(decide([low, high], wanted)).toBe(decision);
  });

  it('is open before the first run', () => {
    expect(namedShare(0, 0, 0.025)).toEqual([0, 1]);
    expect(commonestShare(0, 0, 0.025)).toEqual([0, 1]);
  });
});

describe('the runs that would do', () => {
  it.each([
    [0.9, namedShare, 36],
    [0.9, commonestShare, 37],
    [0.5, namedShare, 6],
  ])('for %f are as few as decide it if all match', (wanted, interval, runs) => {
    expect(runsToHold(wanted, interval, 0.025)).toBe(runs);
    expect(decide(interval(runs, runs, 0.025), wanted)).toBe('holds');
    expect(decide(interval(runs - 1, runs - 1, 0.025), wanted)).toBe('undecided');
  });
});
