import { type Base, type Distribution, probabilityOf } from './model';
import { exp, power } from './portable-math';
import type { TokenId } from './vocabulary';

/**
 * OpenAI's parameters: temperature 0 to 2 (0 takes the likeliest token), top_p 0 to 1, and what is added to the
 * logarithm of a token's probability before both: `bias` (logit_bias) at every step, the penalties (-2 to 2) according
 * to what has been written so far.
 */
export type SamplerSettings = {
  temperature: number;
  top_p: number;
  bias?: ReadonlyMap<TokenId, number>;
  frequency_penalty?: number;
  presence_penalty?: number;
};

/**
 * A token that could have come. `probability` is the model's own; `weight` what is left of it after penalties, bias and
 * temperature, not yet divided by the sum of all; `chance` is its part of the unit line, 0 if top_p cut it.
 */
export type Candidate = { id: TokenId; probability: number; weight: number; chance: number };

/**
 * How one token was chosen, stage by stage: all candidates from the likeliest down (lazily, since a reader wants a few),
 * the draw u from [0, 1), and the segment [from, to) of the unit line that it fell into, which is the chosen token's.
 */
export type Trace = { id: TokenId; u: number; from: number; to: number; candidates: () => Generator<Candidate> };

/** The base distribution under one temperature, worked out once per prompt. `top` is its largest probability. */
export type Tail = { weight: Float64Array; total: number; top: number };

/**
 * The weight of a probability under a temperature: (p / max)^(1/T). Dividing by the largest probability leaves that one
 * its weight even at a temperature near 0; at 1 probabilities are weights as they are.
 */
function temper(probability: number, temperature: number, max: number): number {
  if (temperature === 1 || probability === 0) return probability;
  return power(probability / max, Math.min(1 / temperature, Number.MAX_VALUE));
}

/** Applies a temperature above 0 to a prompt's base distribution. The last few temperatures are cached. */
export function temperTail(base: Base, temperature: number): Tail {
  const cached = tailsOf.get(base) ?? new Map<number, Tail>();
  const tail = cached.get(temperature) ?? makeTail(base, temperature);
  if (cached.size >= maxTails) cached.clear();
  tailsOf.set(base, cached.set(temperature, tail));
  return tail;
}

const tailsOf = new WeakMap<Base, Map<number, Tail>>();
const maxTails = 8;

function makeTail(base: Base, temperature: number): Tail {
  const top = base.probability[base.order[0] ?? 0] ?? 1;
  const weight = base.probability.map((probability) => temper(probability, temperature, top));
  return { weight, total: weight.reduce((sum, each) => sum + each, 0), top };
}

/**
 * Chooses a token: probabilities → penalties and bias → temperature → top_p → the draw u. What they leave lies on the
 * unit line from the likeliest token down, each as wide as its chance; the one under u is chosen. top_p keeps the
 * smallest set of likeliest tokens that reaches it (Holtzman et al. 2020), always at least one. At temperature 0 the
 * likeliest token has the whole line. `uses` counts the tokens written so far, for the penalties.
 */
export function sample(
  distribution: Distribution,
  tail: Tail,
  settings: SamplerSettings,
  u: number,
  uses: ReadonlyMap<TokenId, number> = new Map(),
): Trace {
  const line = layOut(distribution, tail, settings, uses);
  const chosen = line.onlyFirst ? likeliest(line.rank()) : tokenUnder(line.rank(), line.kept, u);
  return { ...chosen, u, candidates: line.candidates };
}

/**
 * The trace of a token that was given, not chosen: its own segment of the line that `sample` lays out, whether or not u
 * lies in it. A token that the settings cut, or that the model cannot write, has none: from 1 to 1.
 */
export function traceGiven(
  distribution: Distribution,
  tail: Tail,
  settings: SamplerSettings,
  u: number,
  uses: ReadonlyMap<TokenId, number>,
  id: TokenId,
): Trace {
  const line = layOut(distribution, tail, settings, uses);
  const interval = line.onlyFirst ? wholeLineIf(line.rank(), id) : intervalOf(line.rank(), line.kept, id);
  return { id, ...interval, u, candidates: line.candidates };
}

/** The unit line under some settings: the tokens on it in order, and the total weight of those that top_p keeps. */
type UnitLine = { rank: () => Ranking; kept: number; onlyFirst: boolean; candidates: Trace['candidates'] };

function layOut(
  distribution: Distribution,
  tail: Tail,
  settings: SamplerSettings,
  uses: ReadonlyMap<TokenId, number>,
): UnitLine {
  const { top_p } = settings;
  const temperature = settings.temperature || 1;
  const changes = logitChanges(settings, uses);
  const listed =
    changes.size > 0 ? weigh(distribution, tail, temperature, changes) : cachedListed(distribution, tail, temperature);
  const { total } = listed;
  const rank = () => new Ranking(distribution, tail, listed);
  const onlyFirst = settings.temperature === 0;
  const kept = top_p < 1 ? weightKept(rank(), top_p * total) : total;
  function* candidates(): Generator<Candidate> {
    let reached = 0;
    for (const ranking = rank(); ranking.next(); ) {
      const { id, weight } = ranking;
      const chance = onlyFirst ? Number(reached === 0) : weight / kept;
      yield { id, probability: probabilityOf(distribution, id), weight, chance: reached < kept ? chance : 0 };
      reached += weight;
    }
  }
  return { rank, kept, onlyFirst, candidates };
}

type Interval = Pick<Trace, 'from' | 'to'>;
/** Of a token that has no part of the line. */
const noInterval: Interval = { from: 1, to: 1 };

/** The likeliest token, with the whole unit line. */
function likeliest(ranking: Ranking): Interval & { id: TokenId } {
  ranking.next();
  return { id: ranking.id, from: 0, to: 1 };
}

/** The whole line if the token is the likeliest, else nothing of it. */
const wholeLineIf = (ranking: Ranking, id: TokenId): Interval =>
  likeliest(ranking).id === id ? { from: 0, to: 1 } : noInterval;

/** The token under u, among the likeliest tokens with a total weight of `kept`. */
function tokenUnder(ranking: Ranking, kept: number, u: number): Interval & { id: TokenId } {
  let reached = 0;
  let before = 0;
  while (reached / kept <= u && ranking.next()) {
    before = reached;
    reached += ranking.weight;
  }
  // The total may be one last bit more than the weights added one by one: then the last token has what is left.
  const to = reached / kept > u ? reached / kept : 1;
  return { id: ranking.id, from: before / kept, to };
}

/** The interval of a token, among the likeliest tokens with a total weight of `kept`. */
function intervalOf(ranking: Ranking, kept: number, id: TokenId): Interval {
  for (let reached = 0; reached < kept && ranking.next(); reached += ranking.weight)
    if (ranking.id === id) return { from: reached / kept, to: (reached + ranking.weight) / kept };
  return noInterval;
}

/** The weight of the smallest set of likeliest tokens that reaches `minWeight`. */
function weightKept(ranking: Ranking, minWeight: number): number {
  ranking.next();
  let kept = ranking.weight;
  // The total may be one last bit more than the weights added one by one: then there is no next token.
  while (kept < minWeight && ranking.next()) kept += ranking.weight;
  return kept;
}

/**
 * What is added to the logarithm of each token's probability: the bias, and the penalties by the formula of OpenAI's API
 * documentation: a token used c > 0 times loses c × frequency_penalty + presence_penalty.
 */
function logitChanges(
  { bias, frequency_penalty = 0, presence_penalty = 0 }: SamplerSettings,
  uses: ReadonlyMap<TokenId, number>,
): Map<TokenId, number> {
  const changes = new Map(bias);
  if (frequency_penalty === 0 && presence_penalty === 0) return changes;
  for (const [id, count] of uses) {
    const change = (changes.get(id) ?? 0) - count * frequency_penalty - presence_penalty;
    changes.set(id, Math.min(Math.max(change, -maxChange), maxChange));
  }
  return changes;
}

/** A token used hundreds of times could gain more than a double can hold; a change of this size decides the choice anyway. */
const maxChange = 600;

/**
 * The tokens that a context says something about, and those with a change of their own: ids and weights. Any other token
 * weighs `tailScale` × its weight in the tail. `total` is the weight of all tokens.
 */
type ListedTokens = { ids: Int32Array; weights: Float64Array; tailScale: number; total: number };

/** Texts of one prompt often meet the same context, so the last weights of a distribution are cached. */
function cachedListed(distribution: Distribution, tail: Tail, temperature: number): ListedTokens {
  const cached = listedOf.get(distribution);
  if (cached?.temperature === temperature) return cached.listed;
  const listed = weigh(distribution, tail, temperature, new Map());
  listedOf.set(distribution, { temperature, listed });
  return listed;
}

const listedOf = new WeakMap<Distribution, { temperature: number; listed: ListedTokens }>();

function weigh(
  distribution: Distribution,
  tail: Tail,
  temperature: number,
  changes: ReadonlyMap<TokenId, number>,
): ListedTokens {
  const { ids, probability } = applyChanges(distribution, changes);
  let max = distribution.scale * tail.top;
  for (const each of probability) if (each > max) max = each;
  const weights = temperature === 1 ? probability : new Float64Array(probability.length);
  const tailScale = temperature === 1 ? distribution.scale : temper(distribution.scale * tail.top, temperature, max);
  let total = 0;
  let covered = 0;
  for (let at = 0; at < weights.length; at++) {
    if (temperature !== 1) weights[at] = temper(probability[at] ?? 0, temperature, max);
    total += weights[at] ?? 0;
    covered += tail.weight[ids[at] ?? 0] ?? 0;
  }
  return { ids, weights, tailScale, total: total + tailScale * Math.max(0, tail.total - covered) };
}

/** The listed tokens with their changes, followed by the tokens of the tail that have one. */
function applyChanges(
  distribution: Distribution,
  changes: ReadonlyMap<TokenId, number>,
): Pick<Distribution, 'ids' | 'probability'> {
  if (changes.size === 0) return distribution;
  const listed = distribution.ids.length;
  const inTail = (id: TokenId) => !distribution.placeOf.has(id) && probabilityOf(distribution, id) > 0;
  const added = [...changes.keys()].filter(inTail);
  const ids = new Int32Array(listed + added.length);
  ids.set(distribution.ids);
  ids.set(added, listed);
  const probability = new Float64Array(ids.length);
  probability.set(distribution.probability);
  for (const [at, id] of added.entries()) probability[listed + at] = probabilityOf(distribution, id);
  const placeOf = new Map(added.map((id, at) => [id, listed + at]));
  for (const [id, change] of changes) {
    const place = distribution.placeOf.get(id) ?? placeOf.get(id);
    if (place !== undefined) probability[place] = (probability[place] ?? 0) * exp(change);
  }
  return { ids, probability };
}

/**
 * Walks through the tokens from the heaviest down, ties by the lower id: `next` moves to the next one, if there is one.
 * The listed tokens come off a heap on demand and the tail is already sorted, since a draw rarely needs more than the
 * first few of some thousands.
 */
class Ranking {
  id: TokenId = 0;
  weight = 0;
  private readonly distribution: Distribution;
  private readonly tail: Tail;
  private readonly tailScale: number;
  private readonly heap: Heap;
  private readonly changed: ReadonlySet<TokenId>;
  private inTail = 0;

  constructor(distribution: Distribution, tail: Tail, { ids, weights, tailScale }: ListedTokens) {
    this.distribution = distribution;
    this.tail = tail;
    this.tailScale = tailScale;
    this.heap = new Heap(ids, weights);
    this.changed = new Set(ids.subarray(distribution.ids.length));
  }

  next(): boolean {
    const { heap } = this;
    const { placeOf, base } = this.distribution;
    let id = base.order[this.inTail];
    while (id !== undefined && (placeOf.has(id) || this.changed.has(id))) id = base.order[++this.inTail];
    if (id === undefined && heap.size === 0) return false;
    const weight = id === undefined ? 0 : this.tailScale * (this.tail.weight[id] ?? 0);
    if (id === undefined || (heap.size > 0 && comesFirst(heap.weight, heap.id, weight, id))) {
      this.id = heap.id;
      this.weight = heap.weight;
      heap.drop();
    } else {
      this.id = id;
      this.weight = weight;
      this.inTail++;
    }
    return true;
  }
}

const comesFirst = (weight: number, id: TokenId, other: number, otherId: TokenId): boolean =>
  weight > other || (weight === other && id < otherId);

/** A binary heap of the listed tokens, the one that comes first on top. It orders indices into the list, not objects. */
class Heap {
  size: number;
  private readonly ids: Int32Array;
  private readonly weights: Float64Array;
  private readonly places: Int32Array;

  constructor(ids: Int32Array, weights: Float64Array) {
    this.ids = ids;
    this.weights = weights;
    this.size = ids.length;
    this.places = new Int32Array(ids.length);
    for (let at = 0; at < this.size; at++) this.places[at] = at;
    for (let at = (this.size >> 1) - 1; at >= 0; at--) this.sink(at);
  }

  /** The id on top. */
  get id(): TokenId {
    return this.ids[this.places[0] ?? 0] ?? 0;
  }

  /** The weight on top. */
  get weight(): number {
    return this.weights[this.places[0] ?? 0] ?? 0;
  }

  /** Takes the top off. */
  drop(): void {
    this.size--;
    this.places[0] = this.places[this.size] ?? 0;
    this.sink(0);
  }

  private sink(start: number): void {
    const { places } = this;
    const place = places[start] ?? 0;
    let at = start;
    for (let child = 2 * at + 1; child < this.size; child = 2 * at + 1) {
      if (child + 1 < this.size && this.before(places[child + 1] ?? 0, places[child] ?? 0)) child++;
      if (this.before(place, places[child] ?? 0)) break;
      places[at] = places[child] ?? 0;
      at = child;
    }
    places[at] = place;
  }

  private before(a: number, b: number): boolean {
    return comesFirst(this.weights[a] ?? 0, this.ids[a] ?? 0, this.weights[b] ?? 0, this.ids[b] ?? 0);
  }
}
