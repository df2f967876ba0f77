import { type Distribution, probabilityOf } from '@/lib/seedling/model';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { LensModel, PromptedModel, PromptedNetwork } from './lens-model';

/** A text as one back end calculates it: what it chose from, and the tokens that it took. */
export type Calculated = Pick<LensModel, 'pieces'> &
  Pick<PromptedModel, 'distributionAfter'> & { network: PromptedNetwork; tokens: readonly TokenId[] };

/** The score (logit) of a token by two back ends. */
type TwoScores = { token: string; own: number; other: number };

/**
 * How the scores of two back ends part while their texts do not yet. `differences` has, for each choice that both had
 * before them with the same tokens before it, by how much the score differs that differs most; 0 if all are the same to the last bit. `since` is the first choice
 * with a difference, from 0. `fork` is where the tokens part: the scores of the likeliest tokens of both, the own likeliest first.
 */
export type ScoreDrift = {
  differences: number[];
  since: number | null;
  fork: { at: number; scores: TwoScores[]; took: { own: string; other: string } } | null;
};

/** The likeliest tokens of each back end that are listed at the fork. */
const maxListed = 3;

/** Holds the scores of two back ends against each other, choice by choice, up to where the texts part. */
export function scoreDrift(own: Calculated, other: Calculated): ScoreDrift {
  const shared = own.tokens.findIndex((token, at) => token !== other.tokens[at]);
  const common = shared === -1 ? own.tokens.length : shared;
  const choices = Math.min(common + 1, own.tokens.length, other.tokens.length);
  const differences = Array.from({ length: choices }, (_, at) => {
    const [here, there] = scoresAt(own, other, at);
    return own.pieces.reduce((most, _, id) => Math.max(most, Math.abs((here[id] ?? 0) - (there[id] ?? 0))), 0);
  });
  const since = differences.findIndex((difference) => difference > 0);
  const forks = common < own.tokens.length && common < other.tokens.length;
  return { differences, since: since === -1 ? null : since, fork: forks ? forkAt(own, other, common) : null };
}

const scoresAt = (own: Calculated, other: Calculated, at: number): [Float32Array, Float32Array] => {
  const before = own.tokens.slice(0, at);
  return [own.network.scoresAfter(before), other.network.scoresAfter(before)];
};

function forkAt(own: Calculated, other: Calculated, at: number): ScoreDrift['fork'] {
  const { pieces, tokens } = own;
  const before = tokens.slice(0, at);
  const [here, there] = scoresAt(own, other, at);
  const [mine = 0, theirs = 0] = [own.tokens[at], other.tokens[at]];
  const likeliest = [own, other].flatMap(({ distributionAfter }) => likeliestOf(distributionAfter(before)));
  const listed = new Set([...likeliest, mine, theirs]);
  const scores = [...listed]
    .map((id) => ({ token: pieces[id] ?? '', own: here[id] ?? 0, other: there[id] ?? 0 }))
    .toSorted((a, b) => b.own - a.own);
  return { at, scores, took: { own: pieces[mine] ?? '', other: pieces[theirs] ?? '' } };
}

const likeliestOf = (distribution: Distribution): TokenId[] =>
  [...distribution.ids]
    .sort((a, b) => probabilityOf(distribution, b) - probabilityOf(distribution, a) || a - b)
    .slice(0, maxListed);
