import { type Distribution, probabilityOf } from '@/lib/seedling/model';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { LensModel, PromptedNetwork } from './lens-model';

/**
 * What happened inside a network at one choice. `tokens` are those that it could look at: the prompt's, with the marks
 * that its messages begin with, and from number `asked` on the text's. `attention` has, by layer and head, how much of its
 * look went to each of them, 1 in all. `guesses` are what it would have drawn from after each layer, before any settings; the last is
 * what it did draw from. `came` is the token that came.
 */
export type Inside = { came: string; tokens: string[]; asked: number; attention: number[][][]; guesses: Guess[] };

/** The likeliest tokens after a layer, and where the token stands that came: its probability, and its rank from 1. */
type Guess = { likeliest: GuessedToken[]; came: { probability: number; rank: number } };

type GuessedToken = { token: string; probability: number };

const maxGuessed = 3;

/** Looks inside at the choice after these tokens, of which `came` came. */
export function lookInside(
  { pieces }: Pick<LensModel, 'pieces'>,
  network: PromptedNetwork,
  written: readonly TokenId[],
  came: TokenId,
): Inside {
  const { attention, guesses } = network.look(written);
  return {
    came: pieces[came] ?? '',
    tokens: [...network.asked, ...written].map((id) => pieces[id] ?? ''),
    asked: network.asked.length,
    attention: attention.map((heads) => heads.map((weights) => [...weights])),
    guesses: guesses.map((distribution) => guessOf(distribution, pieces, came)),
  };
}

function guessOf(distribution: Distribution, pieces: readonly string[], came: TokenId): Guess {
  const own = probabilityOf(distribution, came);
  const { ids, probability } = distribution;
  const best: TokenId[] = [];
  let rank = 1;
  for (const [place, id] of ids.entries()) {
    const each = probability[place] ?? 0;
    if (each > own || (each === own && id < came)) rank++;
    const before = best.findIndex((other) => each > probabilityOf(distribution, other));
    if (before === -1) best.push(id);
    else best.splice(before, 0, id);
    best.length = Math.min(best.length, maxGuessed);
  }
  const likeliest = best.map((id) => ({ token: pieces[id] ?? '', probability: probabilityOf(distribution, id) }));
  return { likeliest, came: { probability: own, rank } };
}

/** Which heads a reader looks at: one of a layer, all of a layer, or all there are; numbers from 0. */
export type HeadChoice = { layer: number | null; head: number | null };

/**
 * How much of a look went to each token, of the heads that are chosen: their mean. `first` is what rests on the first
 * token, a mark that begins every prompt. Heads that find nothing to look for put their weight there (Xiao et al. 2023, "Efficient Streaming
 * Language Models with Attention Sinks"), so the others are also given as `shades`: shares of the largest of them, from 0 to 1.
 */
export type HeadLook = { weights: number[]; first: number; shades: number[] };

export function headLook({ attention }: Pick<Inside, 'attention'>, { layer, head }: HeadChoice): HeadLook {
  const layers = layer === null ? attention : attention.slice(layer, layer + 1);
  const heads = layers.flatMap((each) => (head === null ? each : each.slice(head, head + 1)));
  const weights = (heads[0] ?? []).map((_, at) => {
    const sum = heads.reduce((all, each) => all + (each[at] ?? 0), 0);
    return sum / heads.length;
  });
  const [first = 0, ...others] = weights;
  const most = Math.max(...others, Number.MIN_VALUE);
  return {
    weights,
    first,
    shades: [first / most, ...others.map((each) => each / most)].map((each) => Math.min(1, each)),
  };
}

/** The tokens that were looked at most, but for the first, with their places; at most `max` of them. */
export function mostLookedAt({ weights }: HeadLook, max: number): { at: number; weight: number }[] {
  return weights
    .map((weight, at) => ({ at, weight }))
    .slice(1)
    .toSorted((a, b) => b.weight - a.weight || a.at - b.at)
    .slice(0, max);
}
