import fc from 'fast-check';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import type { EndedRun, OverRun } from '@/lib/run/record';
import { anEndpoint, aRecipe, aRequest, ended, failed } from '@/lib/run/records.fixture';
import { type Baseline, toBaseline } from './baseline';
import { Demand } from './demand';
import { type CaseResult, isSettled, judgeCase } from './judge';
import type { SuiteCase } from './suite';

const tail = 0.025;
const recipe = aRecipe({ repeats: 60 });
const aCase = (...demands: unknown[]): SuiteCase => ({
  ...{ id: 'a', line: 3, recipe },
  demands: demands.map((demand) => Demand.parse(demand)),
});
const runs = (...texts: [text: string, times: number][]): OverRun[] =>
  texts.flatMap(([text, times]) => Array<string>(times).fill(text)).map((text, index) => ended(index + 1, text));
const judged = (demand: unknown, made: OverRun[], baselines = new Map<string, Baseline>()) =>
  judgeCase(aCase(demand), made, baselines, tail);
const share = (result: CaseResult) => {
  const [first] = result.demands;
  return first?.kind === 'share' ? first : null;
};

describe('the demand that runs be equal', () => {
  it.each([
    [[['yes', 60]], 'holds'],
    [[['yes', 20]], 'undecided'],
    [
      [
        ['yes', 54],
        ['no', 6],
      ],
      'undecided',
    ],
    [
      [
        ['yes', 30],
        ['no', 30],
      ],
      'fails',
    ],
  ] as const)('on %j is: %s', (texts, outcome) => {
    const made = runs(...texts.map(([text, times]): [string, number] => [text, times]));
    expect(judged({ kind: 'equal' }, made).outcome).toBe(outcome);
  });

  it('says where texts part, and how many equal ones would do', () => {
    const result = judged({ kind: 'equal' }, runs(['a cat sat', 3], ['a cat ran', 2]));
    expect(share(result)).toMatchObject({ matching: [1, 2, 3], compared: 5, enough: 37, fork: { word: 3 } });
  });

  it('goes by its mode', () => {
    const made = runs(['{"a":1,"b":2}', 30], ['{"b":2,"a":1}', 30]);
    expect(judged({ kind: 'equal', mode: 'json' }, made).outcome).toBe('holds');
    expect(judged({ kind: 'equal' }, made).outcome).toBe('fails');
    expect(judged({ kind: 'equal', mode: 'json' }, runs(['none', 60])).outcome).toBe('fails');
  });
});

describe('a demand for', () => {
  const meets: [string, unknown, string, string][] = [
    ['a text', { kind: 'text', text: 'Yes.', mode: 'case-punctuation' }, 'yes', 'no'],
    ['an answer by its number', { kind: 'answer', reference: 1234 }, 'It is 1,234.0', 'It is 1,235'],
    ['an answer by its pattern', { kind: 'answer', reference: 'B', pattern: 'Answer: (\\w)' }, 'Answer: B', 'B'],
    ['a JSON value', { kind: 'json', value: { a: [1] } }, '```json\n{"a": [1.0]}\n```', '{"a": [2]}'],
    ['a regular expression', { kind: 'matches', pattern: '^Dear' }, 'Dear Sir', 'My dear'],
  ];

  it.each(meets)('%s is met by texts that give it', (_, demand, good, bad) => {
    expect(judged(demand, runs([good, 60]))).toMatchObject({ outcome: 'holds', demands: [{ compared: 60 }] });
    expect(judged(demand, runs([good, 30], [bad, 30])).outcome).toBe('fails');
  });

  it('a text shows how the others differ from it', () => {
    const result = judged({ kind: 'text', text: 'a cat sat' }, runs(['a cat sat', 2], ['a cat ran', 1]));
    expect(share(result)?.fork).toMatchObject({ word: 3, variants: [{ runs: [0] }, { runs: [3] }] });
  });
});

describe('a demand for a baseline', () => {
  const baseline = toBaseline(recipe, [ended(1, 'yes', { fingerprints: ['fp_1'] })], '2026-11-27T12:00:00Z');
  const demand = { kind: 'baseline', file: 'a.json' };
  const there = new Map(baseline ? [['a.json', baseline]] : []);

  it('is met by its text', () => {
    expect(judged(demand, runs(['yes', 60]), there)).toMatchObject({ outcome: 'holds', fingerprintChanged: null });
    expect(judged(demand, runs(['no', 60]), there).outcome).toBe('fails');
  });

  it('tells that another fingerprint answered', () => {
    const made = [ended(1, 'yes', { fingerprints: ['fp_2'] })];
    expect(judged(demand, made, there).fingerprintChanged).toBe(true);
  });

  it('is not judged without it, nor by that of another request', () => {
    expect(judged(demand, runs(['no', 60])).demands).toMatchObject([{ reason: { kind: 'no-baseline' } }]);
    const other = { ...aCase(demand), recipe: { ...recipe, request: aRequest({ seed: 1 }) } };
    expect(judgeCase(other, runs(['no', 60]), there, tail)).toMatchObject({
      outcome: 'not-judged',
      demands: [{ reason: { kind: 'not-comparable' } }],
    });
  });
});

describe('the demand for one fingerprint', () => {
  const reported = (...all: string[][]) => all.map((fingerprints, index) => ended(index + 1, 'a', { fingerprints }));

  it.each([
    [[['f'], ['f']], 'holds'],
    [[['f'], ['g']], 'fails'],
    [[['f'], []], 'undecided'],
    [[[], []], 'undecided'],
    [[['f']], 'undecided'],
  ])('on %j is: %s', (fingerprints, outcome) => {
    expect(judged({ kind: 'fingerprint' }, reported(...fingerprints)).outcome).toBe(outcome);
  });
});

describe('a case', () => {
  const bad = [
    failed(1, 'rate_limited'),
    ended(2, 'yes', { cached: true }),
    ended(3, '', {}),
    ended(4, 'a', { finish: 'aborted' }),
  ];

  it('is not judged by runs that failed, were stopped, gave no text or came from a cache', () => {
    expect(judged({ kind: 'equal' }, bad)).toMatchObject({
      outcome: 'not-judged',
      demands: [{ reason: { kind: 'nothing-compared' } }],
    });
  });

  it('leaves such runs out of every share', () => {
    const made = [...bad, ...runs(['yes', 64]).slice(4)];
    expect(share(judged({ kind: 'equal' }, made))).toMatchObject({ compared: 60, outcome: 'holds' });
  });

  it('counts retries apart', () => {
    expect(judged({ kind: 'equal' }, [ended(1, 'a', { attempts: 3 }), ended(2, 'a')])).toMatchObject({
      counts: { retries: 2 },
    });
  });

  it('fails if one demand does, and needs no more runs then', () => {
    const result = judgeCase(
      aCase({ kind: 'text', text: 'no' }, { kind: 'equal' }),
      runs(['yes', 20]),
      new Map(),
      tail,
    );
    expect(result).toMatchObject({ outcome: 'fails', counts: { saved: 40 } });
    expect(isSettled(result)).toBe(true);
  });

  it('needs more runs while a demand is undecided', () => {
    const result = judgeCase(
      aCase({ kind: 'matches', pattern: 'yes' }, { kind: 'equal', share: 0.99 }),
      runs(['yes', 50]),
      new Map(),
      tail,
    );
    expect(result.demands.map(({ outcome }) => outcome)).toEqual(['holds', 'undecided']);
    expect(isSettled(result)).toBe(false);
  });

  it('holds only if each demand was judged and holds', () => {
    const demands = fc.array(
      fc.constantFrom(
        { kind: 'equal' },
        { kind: 'text', text: 'yes' },
        { kind: 'fingerprint' },
        { kind: 'baseline', file: 'gone.json' },
      ),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(demands, fc.nat(60), fc.nat(60), (list, yes, no) => {
        const result = judgeCase(aCase(...list), runs(['yes', yes], ['no', no]), new Map(), tail);
        expect(result.outcome === 'holds').toBe(result.demands.every(({ outcome }) => outcome === 'holds'));
        expect(result.outcome === 'fails').toBe(result.demands.some(({ outcome }) => outcome === 'fails'));
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('the runs of a case', () => {
  it('are counted by what became of them, and those that were stopped before they were sent are not made', () => {
    const of = (number: number, change: Partial<EndedRun> = {}) =>
      Array.from(
        { length: number },
        () =>
          (run: number): OverRun =>
            ended(run, 'yes', change),
      );
    const kinds = fc.record({ answered: fc.nat(60), refused: fc.nat(9), failing: fc.nat(9), stopped: fc.nat(9) });
    const others = fc.record({ cached: fc.nat(9), unsent: fc.nat(9), queued: fc.nat(9) });
    fc.assert(
      fc.property(kinds, others, ({ answered, refused, failing, stopped }, { cached, unsent, queued }) => {
        const made = [
          ...of(answered),
          ...of(refused, { finish: 'refusal' }),
          ...Array.from(
            { length: failing },
            () =>
              (run: number): OverRun =>
                failed(run, 'rate_limited'),
          ),
          ...of(stopped, { finish: 'aborted', endpoint: anEndpoint }),
          ...of(cached, { cached: true }),
          ...of(unsent, { finish: 'aborted' }),
        ].map((make, at) => make(at + 1));
        const recipe = aRecipe({ repeats: made.length + queued });
        const planned = { ...aCase({ kind: 'text', text: 'yes' }), recipe };
        const { counts, runs, outcome, among } = judgeCase(planned, made, new Map(), tail);
        const saved = outcome === 'holds' ? queued : 0;
        expect(counts).toEqual({
          ...{ planned: recipe.repeats, made: answered + refused + failing + stopped, compared: answered },
          ...{ failed: failing, stopped, cached, saved, unsent: unsent + queued - saved, retries: 0 },
        });
        expect(runs).toHaveLength(made.length - unsent);
        expect(among.leftOut).toHaveLength(refused + failing + stopped + cached);
      }),
      { seed: 1, numRuns: cases(300) },
    );
  });
});

describe('a case with several demands', () => {
  it('fails wrongly no more often than one with a single demand, each being met just as often as it must', () => {
    const random = xoroshiro128plus(4);
    const letters = ['a', 'b', 'c'];
    const planned = aCase(...letters.map((pattern) => ({ kind: 'matches', pattern, share: 0.5 })));
    const trials = cases(15_000);
    let wrong = 0;
    for (let trial = 0; trial < trials; trial++) {
      const text = () => letters.filter(() => uniformFloat64(random) < 0.5).join('') || '-';
      const made = Array.from({ length: 40 }, (_, at) => ended(at + 1, text()));
      if (judgeCase(planned, made, new Map(), tail).outcome === 'fails') wrong++;
    }
    expect(wrong / trials).toBeLessThanOrEqual(tail + 3 * Math.sqrt((tail * (1 - tail)) / trials));
  });

  it('gives each of them a wider range above, and the same one below', () => {
    const demand = { kind: 'matches', pattern: 'yes' };
    const made = runs(['yes', 30], ['no', 30]);
    const [one, two] = [aCase(demand), aCase(demand, demand)].map((each) =>
      share(judgeCase(each, made, new Map(), tail)),
    );
    expect(two?.interval[0]).toBe(one?.interval[0]);
    expect(two?.interval[1]).toBeGreaterThan(one?.interval[1] ?? 1);
  });
});
