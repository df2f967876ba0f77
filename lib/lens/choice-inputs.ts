import type { Distribution } from '@/lib/seedling/model';
import { type SeedlingRequest, toWritingOptions } from '@/lib/seedling/request';
import { type Candidate, type SamplerSettings, sample, type Trace, temperTail } from '@/lib/seedling/sampler';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { LensModel, PromptedModel } from './lens-model';
import type { Moment, Option, Rest } from './moment';

/**
 * Everything that one choice of a model depends on: the probability of every token, the settings, how often each token
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
  model: LensModel,
  request: SeedlingRequest,
  moments: readonly Moment[],
  at: number,
): ChoiceInputs | null {
  const moment = moments[at];
  const prompted = model.prompt(request);
  if (!moment || !prompted) return null;
  const before = idsBefore(model, moments, at);
  const u = moment.draw?.u ?? null;
  return { pieces: model.pieces, ...inputsAfter(prompted, request, before, u), token: moment.token };
}

/** The tokens before the choice number `at`. */
export const idsBefore = (model: LensModel, moments: readonly Moment[], at: number): TokenId[] =>
  moments.slice(0, at).map(({ token }) => model.idOf(token));

/** The inputs of the choice that comes after some tokens. */
export function inputsAfter(
  prompted: PromptedModel,
  request: SeedlingRequest,
  before: readonly TokenId[],
  u: number | null,
): Omit<ChoiceInputs, 'pieces' | 'token'> {
  const uses = new Map<TokenId, number>();
  for (const id of before) uses.set(id, (uses.get(id) ?? 0) + 1);
  return { distribution: prompted.distributionAfter(before), settings: toWritingOptions(request, 0, 0), uses, u };
}

/** The sampler's trace of a choice, with some of its settings changed. A draw that is not known counts as 0. */
export function traceChoice(
  inputs: Omit<ChoiceInputs, 'pieces' | 'token'>,
  changes: Partial<SamplerSettings> = {},
): Trace {
  const settings = { ...inputs.settings, ...changes };
  const tail = temperTail(inputs.distribution.base, settings.temperature || 1);
  return sample(inputs.distribution, tail, settings, inputs.u ?? 0, inputs.uses);
}

/** How many tokens a distribution has: those that can come at all. */
const countTokens = ({ base, probability }: Distribution): number =>
  base.order.length || probability.reduce((count, each) => count + (each > 0 ? 1 : 0), 0);

/**
 * The first `maxOptions` candidates of a trace as options, and all others together. The options include those in `shown`, in place of the least likely if need be; a token that cannot come at all stands
 * last, with probability 0.
 */
export function listOptions(
  candidates: Iterable<Candidate>,
  distribution: Distribution,
  pieces: readonly string[],
  shown: ReadonlySet<string>,
  maxOptions: number,
): { options: Option[]; rest: Rest } {
  const missing = new Set(shown);
  const options: Option[] = [];
  let firstLeftOut: number | null = null;
  for (const { id, probability, chance } of candidates) {
    if (probability === 0) break;
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
    tokens: countTokens(distribution) - options.length,
    probability: firstLeftOut === null ? 0 : left(({ probability }) => probability),
    chance: firstLeftOut ? left(({ chance }) => chance) : 0,
  };
  return { options: [...options, ...[...missing].map((token) => ({ token, probability: 0, chance: 0 }))], rest };
}
