import type { Backend } from '@/lib/seedling/backends';
import { type Distribution, distributionAfter } from '@/lib/seedling/model';
import { conditioningText, type SeedlingRequest, toGenerateOptions } from '@/lib/seedling/request';
import { type Candidate, type SamplerSettings, sample, type Trace, temperTail } from '@/lib/seedling/sampler';
import { conditionOn, type Seedling } from '@/lib/seedling/seedling';
import { segment } from '@/lib/seedling/segment';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { Moment, Option, Rest } from './moment';

/**
 * Everything that one choice of Seedling's depends on: the probability of every token, the settings, how often each token
 * has been used, and the draw (null if it is not known); and the token that came of it.
 */
export type ChoiceInputs = {
  pieces: readonly string[];
  distribution: Distribution;
  settings: SamplerSettings;
  uses: ReadonlyMap<TokenId, number>;
  u: number | null;
  token: string;
};

/** The inputs of the choice number `at` (from 0) among the moments that `retrace` gave for this request; null past the end. */
export function choiceInputs(
  seedling: Seedling,
  request: SeedlingRequest,
  backend: Backend,
  moments: readonly Moment[],
  at: number,
): ChoiceInputs | null {
  const moment = moments[at];
  if (!moment) return null;
  const { vocabulary } = seedling.counts;
  const before = moments
    .slice(0, at)
    .map(({ token }) => vocabulary.ids.get(token) ?? segment(vocabulary, token)[0]?.id ?? 0);
  return { ...inputsAfter(seedling, request, backend, before, moment.draw?.u ?? null), token: moment.token };
}

/** The inputs of the choice that comes after some tokens. */
export function inputsAfter(
  seedling: Seedling,
  request: SeedlingRequest,
  backend: Backend,
  before: readonly TokenId[],
  u: number | null,
): Omit<ChoiceInputs, 'token'> {
  const model = conditionOn(seedling, conditioningText(request), backend);
  const uses = new Map<TokenId, number>();
  for (const id of before) uses.set(id, (uses.get(id) ?? 0) + 1);
  const { pieces } = seedling.counts.vocabulary;
  const distribution = distributionAfter(model, before, backend.arithmetic(1));
  return { pieces, distribution, settings: toGenerateOptions(seedling.counts.vocabulary, request, 0), uses, u };
}

/** The sampler's trace of a choice, with some of its settings changed. A draw that is not known counts as 0. */
export function traceChoice(inputs: Omit<ChoiceInputs, 'token'>, changes: Partial<SamplerSettings> = {}): Trace {
  const settings = { ...inputs.settings, ...changes };
  const tail = temperTail(inputs.distribution.base, settings.temperature || 1);
  return sample(inputs.distribution, tail, settings, inputs.u ?? 0, inputs.uses);
}

/**
 * The first `maxOptions` candidates of a trace as options, and all others together. `tokens` is how many tokens there are.
 * The options include those in `shown`, in place of the least likely if need be; a token that cannot come at all stands
 * last, with probability 0.
 */
export function listOptions(
  candidates: Iterable<Candidate>,
  pieces: readonly string[],
  tokens: number,
  shown: ReadonlySet<string>,
  maxOptions: number,
): { options: Option[]; rest: Rest } {
  const missing = new Set(shown);
  const options: Option[] = [];
  let firstLeftOut: number | null = null;
  for (const { id, probability, chance } of candidates) {
    const token = pieces[id] ?? '';
    if (missing.delete(token) || options.length + missing.size < maxOptions)
      options.push({ token, probability, chance });
    else firstLeftOut ??= chance;
    if (missing.size === 0 && options.length >= maxOptions && firstLeftOut !== null) break;
  }
  const left = (of: (option: Option) => number | null) =>
    Math.max(
      0,
      options.reduce((rest, option) => rest - (of(option) ?? 0), 1),
    );
  const rest: Rest = {
    tokens: tokens - options.length,
    probability: firstLeftOut === null ? 0 : left(({ probability }) => probability),
    chance: firstLeftOut ? left(({ chance }) => chance) : 0,
  };
  return { options: [...options, ...[...missing].map((token) => ({ token, probability: 0, chance: 0 }))], rest };
}
