import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { trainOnCorpus } from './corpus.fixture';
import type { Counts } from './counts';
import { drawsOf } from './draws';
import { type ConditionedModel, condition, type Distribution, distributionAfter, probabilityOf } from './model';
import { type SamplerSettings, sample, temperTail } from './sampler';
import { beginId, encode } from './vocabulary';

let model: Counts;
let conditioned: ConditionedModel;
let distribution: Distribution;
/** Some contexts: the beginning, the one of `distribution`, one seen often, one never seen. */
let distributions: Distribution[];

beforeAll(() => {
  model = trainOnCorpus();
  conditioned = condition(model, 'Write a haiku about spring.');
  const after = (text: string) => distributionAfter(conditioned, encode(model.vocabulary, text));
  distribution = after(' a haiku about');
  distributions = [after(''), distribution, after('on the quiet'), distributionAfter(conditioned, [2, 900, 17])];
});

const tailAt = (temperature: number) => temperTail(conditioned.base, temperature || 1);
const pick = (from: Distribution, settings: SamplerSettings, draw: number) => {
  const { id, u, from: start, to } = sample(from, tailAt(settings.temperature), settings, draw);
  return { id, u, from: start, to };
};

/** The chances of all tokens under the settings, from the likeliest down, worked out the long way and with Math.pow. */
function chancesOf(from: Distribution, { temperature, top_p }: SamplerSettings): Map<number, number> {
  const all = [...from.base.order].map((id) => ({ id, p: probabilityOf(from, id) }));
  all.sort((a, b) => b.p - a.p || a.id - b.id);
  const tempered = all.map(({ id, p }) => ({ id, weight: p ** (1 / temperature) }));
  const total = tempered.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  const kept = tempered.filter(({ weight }) => {
    const wanted = top_p === 1 || reached < top_p * total;
    reached += weight;
    return wanted;
  });
  const mass = kept.reduce((sum, { weight }) => sum + weight, 0);
  return new Map(kept.map(({ id, weight }) => [id, weight / mass]));
}

const settingsToTest: SamplerSettings[] = [
  { temperature: 0.5, top_p: 1 },
  { temperature: 1, top_p: 1 },
  { temperature: 1.5, top_p: 1 },
  { temperature: 1, top_p: 0.7 },
];
const anyTemperature = fc.double({ min: 0.05, max: 2, noNaN: true });
const anyDraw = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const anyDistribution = fc.nat({ max: 3 });

const distributionAt = (index: number): Distribution => distributions[index] ?? distribution;

describe('the candidates of a trace', () => {
  it('include each token once, the likeliest first, with the chances that the long way gives', () => {
    for (const each of distributions)
      for (const temperature of [0.5, 1, 1.5]) {
        const all = [...sample(each, tailAt(temperature), { temperature, top_p: 1 }, 0.5).candidates()];
        const total = all.reduce((sum, { weight }) => sum + weight, 0);
        const expected = chancesOf(each, { temperature, top_p: 1 });
        expect(new Set(all.map(({ id }) => id)).size).toBe(expected.size);
        for (const [at, { weight }] of all.entries()) expect(weight).toBeGreaterThanOrEqual(all[at + 1]?.weight ?? 0);
        for (const { id, weight } of all) expect(weight / total).toBeCloseTo(expected.get(id) ?? Number.NaN, 11);
      }
  });

  it('list equally likely tokens in the order of their ids', () => {
    const equal: Distribution = {
      ids: Int32Array.of(3, 1),
      probability: Float64Array.of(0.25, 0.25),
      placeOf: new Map([
        [3, 0],
        [1, 1],
      ]),
      scale: 0.5,
      base: { probability: Float64Array.of(0.5, 0.25, 0.5, 0.25), order: Int32Array.of(0, 2, 1, 3) },
    };
    const { candidates } = sample(equal, temperTail(equal.base, 1), { temperature: 1, top_p: 1 }, 0);
    expect([...candidates()].map(({ id }) => id)).toEqual([0, 1, 2, 3]);
  });

  it('tile the unit line: chances add up to 1, and the chosen one lies where the trace says', () => {
    for (const each of distributions)
      for (const settings of settingsToTest) {
        const trace = sample(each, tailAt(settings.temperature), settings, 0.6);
        const all = [...trace.candidates()];
        expect(all.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(1, 9);
        const before = all.slice(
          0,
          all.findIndex(({ id }) => id === trace.id),
        );
        expect(before.reduce((sum, { chance }) => sum + chance, 0)).toBeCloseTo(trace.from, 9);
      }
  });
});

describe('bias and penalties', () => {
  const settings = { temperature: 1, top_p: 1 };
  const chanceOf = (id: number, changes: Partial<SamplerSettings>, uses = new Map<number, number>()) => {
    const { candidates } = sample(distribution, tailAt(1), { ...settings, ...changes }, 0.5, uses);
    return candidates().find((candidate) => candidate.id === id)?.chance ?? Number.NaN;
  };

  it('multiply a chance by the exponential of what is added, before all are divided by their sum', () => {
    const [first = 0, , third = 0] = [...chancesOf(distribution, settings).keys()];
    const rare = [...chancesOf(distribution, settings).keys()].at(-1) ?? 0;
    for (const id of [first, third, rare]) {
      const p = chanceOf(id, {});
      const raised = (p * Math.E) / (1 - p + p * Math.E);
      expect(chanceOf(id, { bias: new Map([[id, 1]]) })).toBeCloseTo(raised, 10);
    }
  });

  it('rule a token out at -100 and choose it at 100', () => {
    const [first = 0, second = 0] = [...chancesOf(distribution, settings).keys()];
    expect(chanceOf(first, { bias: new Map([[first, -100]]) })).toBeLessThan(1e-30);
    const forced = sample(distribution, tailAt(1), { ...settings, bias: new Map([[second, 100]]) }, 0.99);
    expect(forced.id).toBe(second);
  });

  it("follow OpenAI's formula: count × frequency + once × presence", () => {
    const [id = 0] = [...chancesOf(distribution, settings).keys()];
    const p = chanceOf(id, {});
    const lowered = p * Math.exp(-(3 * 0.5 + 0.25));
    const chance = chanceOf(id, { frequency_penalty: 0.5, presence_penalty: 0.25 }, new Map([[id, 3]]));
    expect(chance).toBeCloseTo(lowered / (1 - p + lowered), 10);
    expect(chanceOf(id, { frequency_penalty: 2 })).toBeCloseTo(p, 12);
  });
});

describe('sample', () => {
  it.each(settingsToTest)('tiles the unit line without gap or overlap at T $temperature, top_p $top_p', (settings) => {
    for (const each of distributions) {
      const chances = chancesOf(each, settings);
      let reached = 0;
      for (const [id, chance] of [...chances].slice(0, 300)) {
        const choice = pick(each, settings, reached + chance / 2);
        expect(choice.id).toBe(id);
        expect(choice.from).toBeCloseTo(reached, 9);
        expect(choice.to - choice.from).toBeCloseTo(chance, 9);
        reached = choice.to;
      }
    }
  });

  it('begins the line at 0 and ends it at 1', () => {
    for (const each of distributions)
      for (const settings of settingsToTest) {
        expect(pick(each, settings, 0).from).toBe(0);
        expect(pick(each, settings, 1 - 2 ** -53).to).toBeCloseTo(1, 9);
      }
  });

  it('chooses the token whose segment the draw falls into', () => {
    fc.assert(
      fc.property(
        anyDistribution,
        anyTemperature,
        fc.double({ min: 0, max: 1, noNaN: true }),
        anyDraw,
        (at, temperature, top_p, u) => {
          fc.pre(u < 0.999999); // the very end of the line has a test of its own
          const choice = pick(distributionAt(at), { temperature, top_p }, u);
          expect(choice.u).toBe(u);
          expect(choice.from).toBeLessThanOrEqual(u);
          expect(choice.to).toBeGreaterThan(u);
        },
      ),
      { seed: 10, numRuns: cases(300) },
    );
  });

  it('chooses a token that can come even where the line ends', () => {
    for (const each of distributions)
      for (const temperature of [0.5, 1, 1.5, 2]) {
        const choice = pick(each, { temperature, top_p: 1 }, 1 - 2 ** -53);
        expect(choice.id).not.toBe(beginId);
        expect(choice.to).toBeGreaterThan(choice.u);
      }
  });

  it('takes the likeliest token at temperature 0, whatever the draw and top_p', () => {
    fc.assert(
      fc.property(anyDistribution, anyDraw, fc.double({ min: 0, max: 1, noNaN: true }), (at, u, top_p) => {
        const each = distributionAt(at);
        const [likeliest] = chancesOf(each, { temperature: 1, top_p: 1 }).keys();
        expect(pick(each, { temperature: 0, top_p }, u)).toEqual({ id: likeliest, u, from: 0, to: 1 });
      }),
      { seed: 11, numRuns: cases(100) },
    );
  });

  it.each([0.01, 0.005, 0.001, 1e-6, Number.MIN_VALUE])('takes a clear favourite at temperature %d', (temperature) => {
    const clear = distributions.filter((each) => {
      const [first, second] = chancesOf(each, { temperature: 1, top_p: 1 }).values();
      return ((second ?? 1) / (first ?? 1)) ** (1 / temperature) < 1e-6;
    });
    expect(clear.length).toBeGreaterThan(0);
    for (const each of clear) {
      const [likeliest] = chancesOf(each, { temperature: 1, top_p: 1 }).keys();
      expect(pick(each, { temperature, top_p: 1 }, 0.5)).toMatchObject({ id: likeliest, from: 0 });
    }
  });

  it('keeps the smallest set of tokens that reaches top_p, and at least one', () => {
    fc.assert(
      fc.property(
        anyDistribution,
        anyTemperature,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (at, temperature, top_p) => {
          const each = distributionAt(at);
          const last = pick(each, { temperature, top_p }, 1 - 2 ** -53);
          const chances = [...chancesOf(each, { temperature, top_p: 1 })];
          const kept = chances.slice(0, chances.findIndex(([id]) => id === last.id) + 1);
          const mass = kept.reduce((sum, [, chance]) => sum + chance, 0);
          const without = mass - (kept.at(-1)?.[1] ?? 0);
          expect(kept.length).toBeGreaterThanOrEqual(1);
          expect(mass).toBeGreaterThanOrEqual(top_p - 1e-9);
          if (kept.length > 1) expect(without).toBeLessThan(top_p + 1e-9);
        },
      ),
      { seed: 12, numRuns: cases(200) },
    );
  });

  it('keeps every token once where rounding leaves their sum a last bit short of top_p', () => {
    const nearlyAll = [1, 2, 4, 8, 16, 64, 256].map((steps) => 1 - steps * 2 ** -53);
    for (const each of distributions)
      for (const temperature of [0.3, 0.5, 0.9, 1, 1.5])
        for (const top_p of nearlyAll) {
          const { from, to } = pick(each, { temperature, top_p }, 0.6);
          const whole = pick(each, { temperature, top_p: 1 }, 0.6);
          expect([from, to]).toEqual([expect.closeTo(whole.from, 9), expect.closeTo(whole.to, 9)]);
        }
  });

  it('keeps only the likeliest token at top_p 0', () => {
    for (const each of distributions) {
      const [likeliest] = chancesOf(each, { temperature: 1, top_p: 1 }).keys();
      expect(pick(each, { temperature: 1, top_p: 0 }, 0.999)).toEqual({ id: likeliest, u: 0.999, from: 0, to: 1 });
    }
  });

  it('spreads its choices as temperature rises', () => {
    const widths = [0.2, 0.5, 1, 1.5, 2].map((temperature) => pick(distribution, { temperature, top_p: 1 }, 0).to);
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    expect(new Set(widths).size).toBe(5);
  });
});

/** The number that a chi-square variable exceeds once in 1,000 times (Wilson & Hilferty 1931). */
function chiSquareLimit(degrees: number): number {
  const ninth = 2 / (9 * degrees);
  return degrees * (1 - ninth + 3.0902 * Math.sqrt(ninth)) ** 3;
}

/** Chi-square of counts against chances; what is expected fewer than five times is counted together. */
function chiSquare(
  counts: Map<number, number>,
  chances: Map<number, number>,
  draws: number,
): { value: number; cells: number } {
  let value = 0;
  let cells = 0;
  const rest = { expected: 0, seen: 0 };
  const add = (seen: number, expected: number) => {
    value += (seen - expected) ** 2 / expected;
    cells++;
  };
  for (const [id, chance] of chances) {
    const expected = chance * draws;
    const seen = counts.get(id) ?? 0;
    if (expected >= 5) add(seen, expected);
    else {
      rest.expected += expected;
      rest.seen += seen;
    }
  }
  if (rest.expected > 0) add(rest.seen, rest.expected);
  return { value, cells };
}

const draws = 20_000;

function countChoices(settings: SamplerSettings, us: Iterable<number>): Map<number, number> {
  const tail = tailAt(settings.temperature);
  const counts = new Map<number, number>();
  for (const u of us) {
    const { id } = sample(distribution, tail, settings, u);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return counts;
}

describe('20,000 draws', () => {
  it.each(settingsToTest)('follow the distribution at T $temperature, top_p $top_p', (settings) => {
    const chances = chancesOf(distribution, settings);
    const counts = countChoices(settings, drawsOf(20_260).take(draws));
    for (const id of counts.keys()) expect(chances.has(id)).toBe(true);
    const { value, cells } = chiSquare(counts, chances, draws);
    expect(cells).toBeGreaterThan(5);
    expect(value).toBeLessThan(chiSquareLimit(cells - 1));
  });

  it('follow it also if each is the first draw of another seed', () => {
    const settings = { temperature: 1, top_p: 1 };
    const firsts = Array.from({ length: draws }, (_, seed) => drawsOf(seed).next().value);
    const { value, cells } = chiSquare(countChoices(settings, firsts), chancesOf(distribution, settings), draws);
    expect(value).toBeLessThan(chiSquareLimit(cells - 1));
  });

  it('would not pass for those of another temperature', () => {
    const chances = chancesOf(distribution, { temperature: 1.1, top_p: 1 });
    const { value, cells } = chiSquare(
      countChoices({ temperature: 1, top_p: 1 }, drawsOf(20_260).take(draws)),
      chances,
      draws,
    );
    expect(value).toBeGreaterThan(chiSquareLimit(cells - 1));
  });
});
