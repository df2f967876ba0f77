import { type Arithmetic, exact, maxLanes } from './arithmetic';
import { type Counts, contextLength, type Discounts, narrow, type SortedRange } from './counts';
import { weighPassages } from './relevance';
import { beginId, endId, firstPieceId, type TokenId } from './vocabulary';

/** Evidence that weighs less than about this leans on the shorter context instead. */
const minEvidence = 0.02;

/** This many contexts are cached for one prompt, about 2 KB each. */
const maxCachedContexts = 5000;

/** The model conditioned on a prompt: its passages weighed, and the distribution without any context worked out. */
export type ConditionedModel = {
  counts: Counts;
  /** by passage, how much it counts for this prompt */
  weights: Float64Array;
  base: Base;
  /** evidence that has been worked out, by context and number of lanes */
  cache: Map<number, CachedEvidence>;
  scratch: Scratch;
};

/** Probability of every token without context, and the ids from the likeliest down (ties: lower id first). */
export type Base = { probability: Float64Array; order: Int32Array };

/**
 * The probability of every next token, in two parts: `ids` lists those that the context says something about, with
 * their `probability`; any other token has `scale` × its probability without context. Together they make 1, but for
 * rounding. `placeOf` gives a listed token's place in the list.
 */
export type Distribution = {
  ids: Int32Array;
  placeOf: ReadonlyMap<TokenId, number>;
  probability: Float64Array;
  scale: number;
  base: Base;
};

/** The probability of a token, listed or not: 0 to 1. */
export function probabilityOf({ placeOf, probability, scale, base }: Distribution, id: TokenId): number {
  const place = placeOf.get(id);
  return place === undefined ? scale * (base.probability[id] ?? 0) : (probability[place] ?? 0);
}

/** What the corpus has after one context: discounted shares of it by token, and the share left to shorter contexts. */
type Evidence = { ids: Int32Array; shares: Float64Array; left: number };

/**
 * Evidence as it is cached. Whatever has followed a context has also followed its last token, so the list of what
 * followed that one token serves all: `places` says where in it each of the ids stands. `distribution` is filled in by
 * the first text in which this is the longest context that the corpus knows.
 */
type CachedEvidence = Evidence & {
  places: Int32Array;
  placeOf: ReadonlyMap<TokenId, number>;
  distribution?: Distribution;
};

/** Working space for sums, one number per token: all zero between uses. */
type Scratch = {
  /** weights of the lane that is being added up */
  part: Float64Array;
  /** weights of all lanes so far */
  weighed: Float64Array;
  /** counts, unweighted: what the discounts go by */
  counted: Float64Array;
};

/** Conditions the model on a prompt: passages that share its subject words weigh more (see relevance.ts). */
export function condition(counts: Counts, prompt: string, arithmetic: Arithmetic = exact): ConditionedModel {
  const weights = weighPassages(counts.index, prompt);
  const size = counts.vocabulary.pieces.length;
  const zeros = () => new Float64Array(size);
  const scratch = { part: zeros(), weighed: zeros(), counted: zeros() };
  const everything = { from: 0, to: counts.sorted.length };
  const { ids, shares, left } = weighEvidence({ counts, weights, scratch }, everything, 0, arithmetic);
  const uniform = left / (size - firstPieceId + 1); // over the end and every visible piece
  const probability = new Float64Array(size).fill(uniform, firstPieceId);
  probability[endId] = uniform;
  ids.forEach((id, at) => {
    probability[id] = arithmetic.round((shares[at] ?? 0) + uniform);
  });
  const order = Int32Array.from(probability.keys())
    .filter((id) => id === endId || id >= firstPieceId)
    .sort((a, b) => (probability[b] ?? 0) - (probability[a] ?? 0) || a - b);
  return { counts, weights, base: { probability, order }, cache: new Map(), scratch };
}

/**
 * The distribution of the token after `context`, which is all that has been written so far (begin is implied).
 * P(w | abc) is the discounted share of `w` in what has followed `abc`, plus the share that the discounts left over ×
 * P(w | bc), and so on down to no context: every token keeps some probability.
 */
export function distributionAfter(
  model: ConditionedModel,
  context: readonly TokenId[],
  arithmetic: Arithmetic = exact,
): Distribution {
  const { counts, base } = model;
  const found: CachedEvidence[] = [];
  let range: SortedRange = { from: 0, to: counts.sorted.length };
  for (let length = 1; length <= contextLength; length++) {
    range = narrow(counts, range, length, context[context.length - length] ?? beginId);
    if (range.from === range.to) break;
    found.push(evidenceOf(model, range, length, arithmetic, found[0]));
  }
  const [shortest, ...longer] = found;
  const longest = found.at(-1);
  if (!shortest || !longest)
    return { ids: new Int32Array(), placeOf: new Map(), probability: new Float64Array(), scale: 1, base };
  longest.distribution ??= combine(shortest, longer, base, arithmetic.round);
  return longest.distribution;
}

/** Combines the evidence of a context and of all shorter ones into one distribution. */
function combine(
  shortest: CachedEvidence,
  longer: readonly CachedEvidence[],
  base: Base,
  round: Arithmetic['round'],
): Distribution {
  const { ids, placeOf, shares } = shortest;
  let scale = shortest.left;
  const probability = new Float64Array(shares.length);
  for (let at = 0; at < shares.length; at++)
    probability[at] = round((shares[at] ?? 0) + scale * (base.probability[ids[at] ?? endId] ?? 0));
  for (const { left, shares, places } of longer) {
    scale *= left;
    for (let at = 0; at < probability.length; at++) probability[at] = (probability[at] ?? 0) * left;
    for (let at = 0; at < shares.length; at++) {
      const place = places[at] ?? 0;
      probability[place] = round((shares[at] ?? 0) + (probability[place] ?? 0));
    }
  }
  return { ids, placeOf, probability, scale, base };
}

/**
 * The evidence of one context, worked out once per prompt, context and number of lanes. `shortest` is that of the
 * context's last token alone.
 */
function evidenceOf(
  model: ConditionedModel,
  range: SortedRange,
  length: number,
  arithmetic: Arithmetic,
  shortest?: CachedEvidence,
): CachedEvidence {
  // A stretch of `sorted` may stand for a context and for a longer one that says no more; the length tells them apart.
  const key = (range.from * (contextLength + 1) + length) * maxLanes + arithmetic.lanes - 1;
  const cached = model.cache.get(key);
  if (cached) return cached;
  const evidence = weighEvidence(model, range, length, arithmetic);
  const placeOf = shortest?.placeOf ?? new Map([...evidence.ids].map((id, at) => [id, at]));
  const made: CachedEvidence = { ...evidence, placeOf, places: evidence.ids.map((id) => placeOf.get(id) ?? 0) };
  if (model.cache.size >= maxCachedContexts) model.cache.clear();
  model.cache.set(key, made);
  return made;
}

type Weighing = Pick<ConditionedModel, 'counts' | 'weights' | 'scratch'>;

/** What follows a context of a given length, weighed by passage, discounted, as shares of 1. */
function weighEvidence(model: Weighing, range: SortedRange, length: number, arithmetic: Arithmetic): Evidence {
  const { weighed, counted } = model.scratch;
  const { ids, total } = addUp(model, range, length, arithmetic);
  const discounts = model.counts.discounts[length];
  let sum = 0;
  const shares = Float64Array.from(ids, (id) => {
    const discounted = (weighed[id] ?? 0) * undiscounted(discounts, counted[id] ?? 1);
    const share = arithmetic.round(discounted / (total + minEvidence));
    sum += share;
    weighed[id] = 0;
    counted[id] = 0;
    return share;
  });
  return { ids: Int32Array.from(ids), shares, left: Math.max(0, 1 - sum) };
}

/**
 * Adds up the weights of each token that follows a context, lane by lane, into `scratch.weighed`. Gives the tokens in
 * the order in which they were first met, and the sum of all their weights.
 */
function addUp(
  model: Weighing,
  { from, to }: SortedRange,
  length: number,
  { round, lanes }: Arithmetic,
): { ids: TokenId[]; total: number } {
  const { part, weighed } = model.scratch;
  const ids: TokenId[] = [];
  let total = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const start = from + Math.floor(((to - from) * lane) / lanes);
    const end = from + Math.floor(((to - from) * (lane + 1)) / lanes);
    for (const id of addLane(model, { from: start, to: end }, length, ids)) {
      const sum = round(part[id] ?? 0);
      weighed[id] = round((weighed[id] ?? 0) + sum);
      total = round(total + sum);
      part[id] = 0;
    }
  }
  return { ids, total };
}

/**
 * Adds up one lane into `scratch.part`. Appends tokens that no lane before it has met to `ids`. Gives the tokens of this
 * lane in the order in which the lanes are then added up: those met before, then the new ones.
 */
function addLane(
  { counts, weights, scratch }: Weighing,
  range: SortedRange,
  length: number,
  ids: TokenId[],
): TokenId[] {
  const { tokens, passageOf, sorted } = counts;
  const { part, counted } = scratch;
  const shared = counts.sharedBy[length];
  const firstNew = ids.length;
  const metBefore: TokenId[] = [];
  for (let at = range.from; at < range.to; at++) {
    const position = sorted[at] ?? 0;
    const id = tokens[position] ?? endId;
    const share = 1 / (shared?.[position] ?? 1);
    if (counted[id] === 0) ids.push(id);
    else if (part[id] === 0) metBefore.push(id);
    counted[id] = (counted[id] ?? 0) + share;
    part[id] = (part[id] ?? 0) + share * (weights[passageOf[position] ?? 0] ?? 0);
  }
  return [...metBefore, ...ids.slice(firstNew)];
}

/** What is left of a count after its discount, as a share of it: 0 to 1. */
function undiscounted(discounts: Discounts | undefined, count: number): number {
  const [once, twice, more] = discounts ?? [0, 0, 0];
  if (count < 1.5) return 1 - once;
  return count < 2.5 ? 1 - twice / count : 1 - more / count;
}
