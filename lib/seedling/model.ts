import type { Passage } from './corpus';
import { indexPassages, type PassageIndex, weighPassages } from './relevance';
import { tokenize } from './tokenizer';

/** How many tokens of context the model looks back at: n-grams of 4. */
const contextLength = 3;
/**
 * Kneser and Ney's discounts make held-out text likeliest, which on a corpus this small means leaving half of the
 * chances to words that never followed: noise, when read. So they are taken only in part, least of all where the next
 * step down is the distribution without any context. Per context length; 1 is the textbook.
 */
const mildnessOf = [1, 0.05, 0.3, 0.6];
/** Evidence that weighs less than about this much leans on the shorter context instead. */
const leastEvidence = 0.02;

/** A token id. The two that are no text: where a passage begins, and where it ends. */
export type TokenId = number;
export const beginId: TokenId = 0;
export const endId: TokenId = 1;

/** The corpus as the counts need it. All arrays are per position in the corpus; passages stand one after the other. */
export type Model = {
  /** text of each token id; '' for begin and end */
  vocabulary: string[];
  passages: readonly Passage[];
  index: PassageIndex;
  tokens: Int32Array;
  /** which passage a position belongs to */
  passageOf: Int32Array;
  /** per context length: the positions that follow a context */
  followers: Map<number, number[]>[];
  /** per context length: what one occurrence adds to its n-gram's count (see `countShares`) */
  shares: Float64Array[];
  /** per context length: discounts for n-grams counted once, twice, three times or more */
  discounts: [number, number, number][];
};

/**
 * Counts the n-grams of a corpus: interpolated modified Kneser-Ney smoothing (Chen & Goodman 1998, "An Empirical Study
 * of Smoothing Techniques for Language Modeling", section 3) with the counts left open, so that a prompt can weigh each
 * passage before they are summed (`condition`).
 */
export function train(passages: readonly Passage[]): Model {
  const ids = new Map<string, TokenId>();
  const vocabulary = ['', ''];
  const tokens: number[] = [];
  const passageOf: number[] = [];
  passages.forEach(({ text }, passage) => {
    const body = tokenize(text).map((token) => {
      const id = ids.get(token) ?? vocabulary.push(token) - 1;
      ids.set(token, id);
      return id;
    });
    const all = [...Array<TokenId>(contextLength).fill(beginId), ...body, endId];
    tokens.push(...all);
    passageOf.push(...all.map(() => passage));
  });
  const model: Model = {
    vocabulary,
    passages,
    index: indexPassages(passages),
    tokens: Int32Array.from(tokens),
    passageOf: Int32Array.from(passageOf),
    followers: [],
    shares: [],
    discounts: [],
  };
  for (let length = 0; length <= contextLength; length++) {
    model.followers.push(findFollowers(model, length));
    model.shares.push(countShares(model, length));
    model.discounts.push(findDiscounts(model, length));
  }
  return model;
}

/** One number for up to 4 token ids, exact as long as the vocabulary has at most 2^13 entries. */
function keyOf(tokens: ArrayLike<TokenId>, from: number, to: number): number {
  let key = 1;
  for (let at = from; at < to; at++) key = key * 8192 + (tokens[at] ?? beginId);
  return key;
}

function findFollowers({ tokens }: Model, length: number): Map<number, number[]> {
  const followers = new Map<number, number[]>();
  for (let at = contextLength; at < tokens.length; at++) {
    if (tokens[at] === beginId) continue;
    const key = keyOf(tokens, at - length, at);
    const list = followers.get(key);
    if (list) list.push(at);
    else followers.set(key, [at]);
  }
  return followers;
}

/**
 * Kneser and Ney count an n-gram below the highest order by how many different tokens come before it, not by how often
 * it occurs: "York" is common but follows only "New". So an occurrence adds 1 over the number of occurrences that have
 * the same token before them; at the highest order, and where a passage begins, it adds 1.
 */
function countShares({ tokens }: Model, length: number): Float64Array {
  const shares = new Float64Array(tokens.length).fill(1);
  if (length === contextLength) return shares;
  const occurrences = new Map<number, number>();
  const keyAt = (at: number) => keyOf(tokens, at - length - 1, at + 1);
  for (let at = contextLength; at < tokens.length; at++)
    occurrences.set(keyAt(at), (occurrences.get(keyAt(at)) ?? 0) + 1);
  for (let at = contextLength; at < tokens.length; at++)
    if (length === 0 || tokens[at - length] !== beginId) shares[at] = 1 / (occurrences.get(keyAt(at)) ?? 1);
  return shares;
}

/** The three discounts of modified Kneser-Ney, from how many n-grams are counted once, twice, three and four times. */
function findDiscounts({ tokens, followers, shares }: Model, length: number): [number, number, number] {
  const n = [0, 0, 0, 0, 0];
  for (const positions of followers[length]?.values() ?? []) {
    const counts = new Map<TokenId, number>();
    for (const at of positions)
      counts.set(tokens[at] ?? 0, (counts.get(tokens[at] ?? 0) ?? 0) + (shares[length]?.[at] ?? 0));
    for (const count of counts.values()) {
      const whole = Math.round(count);
      if (whole <= 4) n[whole] = (n[whole] ?? 0) + 1;
    }
  }
  const [, one = 0, two = 0, three = 0, four = 0] = n;
  const y = one / (one + 2 * two || 1);
  const mildness = mildnessOf[length] ?? 1;
  const discount = (count: number, of: number, next: number) =>
    mildness * Math.min(Math.max(count - ((count + 1) * y * next) / (of || 1), 0), count);
  return [discount(1, one, two), discount(2, two, three), discount(3, three, four)];
}

/** The model with its mind on one prompt: passages weighed, and the distribution without any context worked out. */
export type Conditioned = { model: Model; weights: Float64Array; base: Base };

/** Probability of every token without context, and the ids from the likeliest down (ties: lower id first). */
export type Base = { probability: Float64Array; order: Int32Array };

/**
 * The probability of every next token, in two parts: `listed` gives those that the context says something about; any
 * other token has `scale` × its probability without context. All of them together make 1.
 */
export type Distribution = { listed: Map<TokenId, number>; scale: number; base: Base };

/** Sets the model's mind on a prompt: passages that share its subject words weigh more (see relevance.ts). */
export function condition(model: Model, prompt: string): Conditioned {
  const weights = weighPassages(model.index, prompt);
  const uniform = 1 / (model.vocabulary.length - 1);
  const probability = new Float64Array(model.vocabulary.length).fill(uniform);
  probability[beginId] = 0;
  const { seen, left } = evidence({ model, weights }, [], 0);
  for (let id = 1; id < probability.length; id++) probability[id] = (seen.get(id) ?? 0) + left * uniform;
  const order = Int32Array.from(probability.keys()).sort(
    (a, b) => (probability[b] ?? 0) - (probability[a] ?? 0) || a - b,
  );
  return { model, weights, base: { probability, order } };
}

/**
 * The distribution of the token after `context`, which is all that has been written so far (begin is implied).
 * P(w | abc) is what `abc w` has been seen to weigh, less a discount, plus what the discounts left × P(w | bc), and so
 * on down to no context: every token keeps some probability.
 */
export function distributionAfter(conditioned: Conditioned, context: readonly TokenId[]): Distribution {
  const { base } = conditioned;
  const recent = [...Array<TokenId>(contextLength).fill(beginId), ...context.slice(-contextLength)].slice(
    -contextLength,
  );
  const listed = new Map<TokenId, number>();
  let scale = 1;
  for (let length = 1; length <= contextLength; length++) {
    const { seen, left } = evidence(conditioned, recent, length);
    for (const [id, probability] of listed) listed.set(id, probability * left);
    for (const [id, share] of seen)
      listed.set(id, share + (listed.get(id) ?? scale * left * (base.probability[id] ?? 0)));
    scale *= left;
  }
  return { listed, scale, base };
}

/** What the corpus has after the last `length` tokens: discounted shares of it, and the share left to shorter contexts. */
function evidence(
  { model, weights }: Pick<Conditioned, 'model' | 'weights'>,
  recent: readonly TokenId[],
  length: number,
): { seen: Map<TokenId, number>; left: number } {
  const positions = model.followers[length]?.get(keyOf(recent, recent.length - length, recent.length)) ?? [];
  const shares = model.shares[length];
  const weighed = new Map<TokenId, number>();
  const counts = new Map<TokenId, number>();
  let total = 0;
  for (const at of positions) {
    const id = model.tokens[at] ?? endId;
    const share = shares?.[at] ?? 0;
    const weight = share * (weights[model.passageOf[at] ?? 0] ?? 0);
    weighed.set(id, (weighed.get(id) ?? 0) + weight);
    counts.set(id, (counts.get(id) ?? 0) + share);
    total += weight;
  }
  const seen = new Map<TokenId, number>();
  let kept = 0;
  for (const [id, weight] of weighed) {
    const share = (weight * keptShare(model.discounts[length], counts.get(id) ?? 1)) / (total + leastEvidence);
    seen.set(id, share);
    kept += share;
  }
  return { seen, left: 1 - kept };
}

/** What is left of a count after its discount, as a share of it. */
function keptShare(discounts: [number, number, number] | undefined, count: number): number {
  const [one, two, more] = discounts ?? [0, 0, 0];
  if (count < 1.5) return 1 - one;
  return count < 2.5 ? 1 - two / count : 1 - more / count;
}
