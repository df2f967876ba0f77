import type { Distribution, TokenId } from './model';
import { exp, log } from './portable-math';

/** OpenAI's parameters: temperature 0 to 2 (0 takes the likeliest token), top_p 0 to 1. */
export type Settings = { temperature: number; top_p: number };

/** A token that could have come, before and after the settings; `cut` if top_p dropped it. */
export type Candidate = { id: TokenId; probability: number; weight: number; cut: boolean };

/** How one token was chosen: the draw u from [0, 1), and the segment [from, to) of the unit line that it fell into. */
export type Choice = { id: TokenId; u: number; from: number; to: number };

/** The tail of a distribution under one temperature, worked out once per text. */
export type Tail = { weight: Float64Array; total: number };

/** p^(1/T): what a probability weighs under a temperature. Not yet divided by the sum. */
function temper(probability: number, temperature: number): number {
  if (temperature === 1 || probability === 0) return probability;
  return exp(log(probability) / temperature);
}

/** Prepares a temperature above 0 for a prompt's base distribution. */
export function temperTail(base: Distribution['base'], temperature: number): Tail {
  const weight = base.probability.map((probability) => temper(probability, temperature));
  return { weight, total: weight.reduce((sum, each) => sum + each, 0) };
}

/**
 * All tokens from the likeliest down, with what they weigh after temperature (weights sum to `total`). Ties go to the
 * lower id. Lazy: a draw rarely needs more than the first few.
 */
export function* ranked(
  distribution: Distribution,
  tail: Tail,
  temperature: number,
): Generator<Omit<Candidate, 'cut'>> {
  const { listed, scale, base } = distribution;
  const scaled = temper(scale, temperature);
  const top = [...listed].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  let next = 0;
  for (const id of base.order) {
    if (listed.has(id)) continue;
    const probability = scale * (base.probability[id] ?? 0);
    for (let entry = top[next]; entry && comesFirst(entry, id, probability); entry = top[++next])
      yield { id: entry[0], probability: entry[1], weight: temper(entry[1], temperature) };
    yield { id, probability, weight: scaled * (tail.weight[id] ?? 0) };
  }
  for (const [id, probability] of top.slice(next)) yield { id, probability, weight: temper(probability, temperature) };
}

const comesFirst = (entry: readonly [TokenId, number], id: TokenId, probability: number): boolean =>
  entry[1] > probability || (entry[1] === probability && entry[0] < id);

/** What all tokens together weigh after temperature. */
function totalWeight({ listed, scale }: Distribution, tail: Tail, temperature: number): number {
  let total = 0;
  let covered = 0;
  for (const [id, probability] of listed) {
    total += temper(probability, temperature);
    covered += tail.weight[id] ?? 0;
  }
  return total + temper(scale, temperature) * (tail.total - covered);
}

/**
 * Chooses a token: probabilities → temperature → top_p → the draw u. The tokens lie on the unit line from the likeliest
 * down, each as wide as its probability after the settings; the one under u is chosen. top_p keeps the smallest set of
 * likeliest tokens that reaches it (Holtzman et al. 2020), always at least one.
 *
 * At temperature 0 the likeliest token is chosen and u plays no part.
 */
export function choose(distribution: Distribution, tail: Tail, settings: Settings, u: number): Choice {
  const { temperature, top_p } = settings;
  if (temperature === 0) {
    const [likeliest] = ranked(distribution, tail, 1);
    return { id: likeliest?.id ?? 0, u, from: 0, to: 1 };
  }
  const total = totalWeight(distribution, tail, temperature);
  const kept = top_p < 1 ? keptByTopP(distribution, tail, settings, total) : total;
  let reached = 0;
  let choice: Choice = { id: 0, u, from: 0, to: 1 };
  for (const { id, weight } of ranked(distribution, tail, temperature)) {
    const to = (reached + weight) / kept;
    choice = { id, u, from: reached / kept, to };
    if (to > u) break;
    reached += weight;
  }
  return choice;
}

function keptByTopP(distribution: Distribution, tail: Tail, { temperature, top_p }: Settings, total: number): number {
  let kept = 0;
  for (const { weight } of ranked(distribution, tail, temperature)) {
    kept += weight;
    if (kept >= top_p * total) break;
  }
  return kept;
}
