import { type Arithmetic, exact, maxLanes } from './arithmetic';
import { type Counts, contextLength, type Discounts, narrow, type Range } from './counts';
import { weighPassages } from './relevance';
import { beginId, endId, firstPieceId, type TokenId } from './vocabulary';

/** Evidence that weighs less than about this much leans on the shorter context instead. */
const minEvidence = 0.02;

/** So many contexts are kept for one prompt, some 2 KB each. */
const maxKnown = 5000;

/** The model with its mind on one prompt: passages weighed, and the distribution without any context worked out. */
export type Conditioned = {
  counts: Counts;
  weights: Float64Array;
  base: Base;
  /** evidence that has been worked out, by context and split */
  known: Map<number, Recalled>;
  scratch: Scratch;
};

/** Probability of every token without context, and the ids from the likeliest down (ties: lower id first). */
export type Base = { probability: Float64Array; order: Int32Array };

/**
 * The probability of every next token, in two parts: `ids` lists those that the context says something about, with
 * their `probability`; any other token has `scale` × its probability without context. All of them together make 1, but
 * for rounding. `placeOf` has a listed token's place in the list.
 */
export type Distribution = {
  ids: Int32Array;
  placeOf: ReadonlyMap<TokenId, number>;
  probability: Float64Array;
  scale: number;
  base: Base;
};

/** The probability of one token. */
export function probabilityOf({ placeOf, probability, scale, base }: Distribution, id: TokenId): number {
  const place = placeOf.get(id);
  return place === undefined ? scale * (base.probability[id] ?? 0) : (probability[place] ?? 0);
}

/** What the corpus has after one context: discounted shares of it by token, and the share left to shorter contexts. */
type Evidence = { ids: Int32Array; shares: Float64Array; left: number };

/**
 * Evidence as it is kept. Whatever has followed a context has followed its last token, so that the list of what
 * followed that one token serves all: `places` says where in it each of the ids stands. `distribution` is there once a
 * text has come by with this as its longest context that the corpus knows.
 */
type Recalled = Evidence & {
  places: Int32Array;
  placeOf: ReadonlyMap<TokenId, number>;
  distribution?: Distribution;
};

/** Room for sums, one place a token: all zero between uses. */
type Scratch = { part: Float64Array; weighed: Float64Array; counted: Float64Array };

/** Sets the model's mind on a prompt: passages that share its subject words weigh more (see relevance.ts). */
export function condition(counts: Counts, prompt: string, arithmetic: Arithmetic = exact): Conditioned {
  const weights = weighPassages(counts.index, prompt);
  const size = counts.vocabulary.pieces.length;
  const room = () => new Float64Array(size);
  const scratch = { part: room(), weighed: room(), counted: room() };
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
  return { counts, weights, base: { probability, order }, known: new Map(), scratch };
}

/**
 * The distribution of the token after `context`, which is all that has been written so far (begin is implied).
 * P(w | abc) is what `abc w` has been seen to weigh, less a discount, plus what the discounts left × P(w | bc), and so
 * on down to no context: every token keeps some probability.
 */
export function distributionAfter(
  conditioned: Conditioned,
  context: readonly TokenId[],
  arithmetic: Arithmetic = exact,
): Distribution {
  const { counts, base } = conditioned;
  const found: Recalled[] = [];
  let range: Range = { from: 0, to: counts.sorted.length };
  for (let length = 1; length <= contextLength; length++) {
    range = narrow(counts, range, length, context[context.length - length] ?? beginId);
    if (range.from === range.to) break;
    found.push(recall(conditioned, range, length, arithmetic, found[0]));
  }
  const [shortest, ...longer] = found;
  const longest = found.at(-1);
  if (!shortest || !longest)
    return { ids: new Int32Array(), placeOf: new Map(), probability: new Float64Array(), scale: 1, base };
  longest.distribution ??= addUp(shortest, longer, base, arithmetic.round);
  return longest.distribution;
}

/** What the evidence of a context and of all shorter ones says together. */
function addUp(shortest: Recalled, longer: readonly Recalled[], base: Base, round: Arithmetic['round']): Distribution {
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

/** Evidence is worked out once per prompt, context and split. `shortest` is that of the context's last token alone. */
function recall(
  conditioned: Conditioned,
  range: Range,
  length: number,
  arithmetic: Arithmetic,
  shortest?: Recalled,
): Recalled {
  // A stretch of `sorted` may stand for a context and for a longer one that says no more; the length tells them apart.
  const key = (range.from * (contextLength + 1) + length) * maxLanes + arithmetic.lanes - 1;
  const known = conditioned.known.get(key);
  if (known) return known;
  const evidence = weighEvidence(conditioned, range, length, arithmetic);
  const placeOf = shortest?.placeOf ?? new Map([...evidence.ids].map((id, at) => [id, at]));
  const recalled: Recalled = { ...evidence, placeOf, places: evidence.ids.map((id) => placeOf.get(id) ?? 0) };
  if (conditioned.known.size >= maxKnown) conditioned.known.clear();
  conditioned.known.set(key, recalled);
  return recalled;
}

function weighEvidence(
  { counts, weights, scratch }: Pick<Conditioned, 'counts' | 'weights' | 'scratch'>,
  { from, to }: Range,
  length: number,
  { round, lanes }: Arithmetic,
): Evidence {
  const { tokens, passageOf, sorted, sharedBy, discounts } = counts;
  const { part, weighed, counted } = scratch;
  const shared = sharedBy[length];
  const ids: TokenId[] = [];
  let total = 0;
  for (let lane = 0; lane < lanes; lane++) {
    const first = ids.length;
    const end = from + Math.floor(((to - from) * (lane + 1)) / lanes);
    const inPart: TokenId[] = [];
    for (let at = from + Math.floor(((to - from) * lane) / lanes); at < end; at++) {
      const position = sorted[at] ?? 0;
      const id = tokens[position] ?? endId;
      const share = 1 / (shared?.[position] ?? 1);
      if (counted[id] === 0) ids.push(id);
      else if (part[id] === 0 && lane > 0) inPart.push(id);
      counted[id] = (counted[id] ?? 0) + share;
      part[id] = (part[id] ?? 0) + share * (weights[passageOf[position] ?? 0] ?? 0);
    }
    for (const id of [...inPart, ...ids.slice(first)]) {
      const sum = round(part[id] ?? 0);
      weighed[id] = round((weighed[id] ?? 0) + sum);
      total = round(total + sum);
      part[id] = 0;
    }
  }
  let kept = 0;
  const shares = Float64Array.from(ids, (id) => {
    const share = round(((weighed[id] ?? 0) * keptShare(discounts[length], counted[id] ?? 1)) / (total + minEvidence));
    kept += share;
    weighed[id] = 0;
    counted[id] = 0;
    return share;
  });
  return { ids: Int32Array.from(ids), shares, left: Math.max(0, 1 - kept) };
}

/** What is left of a count after its discount, as a share of it. */
function keptShare(discounts: Discounts | undefined, count: number): number {
  const [once, twice, more] = discounts ?? [0, 0, 0];
  if (count < 1.5) return 1 - once;
  return count < 2.5 ? 1 - twice / count : 1 - more / count;
}
