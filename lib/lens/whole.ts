import type { Backend } from '@/lib/seedling/backends';
import { type Distribution, distributionAfter } from '@/lib/seedling/model';
import { promptOf, type SeedlingRequest, toGenerateOptions } from '@/lib/seedling/request';
import { type Candidate, type Settings, sample, type Trace, temperTail } from '@/lib/seedling/sampler';
import { recallPrompt, type Seedling } from '@/lib/seedling/seedling';
import { segment } from '@/lib/seedling/segment';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { Moment, Option, Rest } from './moment';

/**
 * All that one choice of Seedling's hangs on: the probability of every token, the settings, how often each token has
 * been written, the draw (null if it is not known), and the token that came.
 */
export type WholeMoment = {
  pieces: readonly string[];
  distribution: Distribution;
  settings: Settings;
  written: ReadonlyMap<TokenId, number>;
  u: number | null;
  token: string;
};

/** Lays one choice open: that of the moment at a place of the moments that `retrace` gave for this request. */
export function wholeMoment(
  seedling: Seedling,
  request: SeedlingRequest,
  backend: Backend,
  moments: readonly Moment[],
  at: number,
): WholeMoment | null {
  const moment = moments[at];
  if (!moment) return null;
  const { vocabulary } = seedling.counts;
  const before = moments
    .slice(0, at)
    .map(({ token }) => vocabulary.ids.get(token) ?? segment(vocabulary, token)[0]?.id ?? 0);
  return { ...wholeAfter(seedling, request, backend, before, moment.draw?.u ?? null), token: moment.token };
}

/** What the choice after some tokens hangs on. */
export function wholeAfter(
  seedling: Seedling,
  request: SeedlingRequest,
  backend: Backend,
  before: readonly TokenId[],
  u: number | null,
): Omit<WholeMoment, 'token'> {
  const conditioned = recallPrompt(seedling, promptOf(request), backend);
  const written = new Map<TokenId, number>();
  for (const id of before) written.set(id, (written.get(id) ?? 0) + 1);
  const { pieces } = seedling.counts.vocabulary;
  const distribution = distributionAfter(conditioned, before, backend.arithmetic(1));
  return { pieces, distribution, settings: toGenerateOptions(seedling.counts.vocabulary, request, 0), written, u };
}

/** The trace that the sampler gives for a choice, under other settings if there are. An unknown draw counts as 0. */
export function traceOf(whole: Omit<WholeMoment, 'token'>, changes: Partial<Settings> = {}): Trace {
  const settings = { ...whole.settings, ...changes };
  const tail = temperTail(whole.distribution.base, settings.temperature || 1);
  return sample(whole.distribution, tail, settings, whole.u ?? 0, whole.written);
}

/**
 * The first `most` candidates of a trace as options, and the others together. The tokens that `shown` names are among
 * them, in place of the least likely if need be; one that cannot come at all stands last, with nothing.
 */
export function listOptions(
  candidates: Iterable<Candidate>,
  pieces: readonly string[],
  tokens: number,
  shown: ReadonlySet<string>,
  most: number,
): { options: Option[]; rest: Rest } {
  const missing = new Set(shown);
  const options: Option[] = [];
  let firstLeftOut: number | null = null;
  for (const { id, probability, chance } of candidates) {
    const token = pieces[id] ?? '';
    if (missing.delete(token) || options.length + missing.size < most) options.push({ token, probability, chance });
    else firstLeftOut ??= chance;
    if (missing.size === 0 && options.length >= most && firstLeftOut !== null) break;
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
