import type { SharedChoice } from './across-runs';
import type { ModelName } from './lens-model';
import { type Moment, type Option, shareOf } from './moment';
import type { Reshaped, Sliders } from './reshaped';
import type { Source } from './source';

/** A token and the runs that took it, by number (from 1). The token '' is the end of the text. */
export type TakenToken = { token: string; runs: number[] };

/**
 * What there is to say of one choice, that is, of runs under one setting:
 * `near-tie`: the two likeliest options were about as likely, and runs took both; `shares` from 0 to 1, the larger first.
 * `taken`: who took which token, the most frequent first.
 * `given`: the request had made the text begin so, and nothing was chosen.
 */
export type ChoiceFact =
  | { kind: 'near-tie'; tokens: [string, string]; shares: [number, number] }
  | { kind: 'taken'; tokens: TakenToken[] }
  | { kind: 'given'; token: string };

/** Two options this close, in percentage points, are a near tie if runs took both. */
export const nearTiePoints = 5;

/** Whether two shares (0 to 1), the larger one first, are within `nearTiePoints` of each other. */
export const isNearTie = (larger: number, smaller: number): boolean => (larger - smaller) * 100 <= nearTiePoints;

/**
 * What there is to say of one choice, in the order in which it is best said. Shares are those after the settings where
 * they are known, else as the provider reported them.
 *
 *     choiceFacts({ options: [' kept' 0.41, ' lit' 0.38], together: [run 1 ' kept', run 2 ' lit', run 3 ' lit'] })
 *       →  [{ kind: 'near-tie', tokens: [' kept', ' lit'], shares: [0.41, 0.38] },
 *           { kind: 'taken', tokens: [{ token: ' lit', runs: [2, 3] }, { token: ' kept', runs: [1] }] }]
 */
export function choiceFacts({ options, together }: Pick<SharedChoice, 'options' | 'together'>): ChoiceFact[] {
  const given = together.find(({ moment }) => moment.given);
  if (given) return [{ kind: 'given', token: given.moment.token }];
  const taken = takenTokens(together);
  const tie = findNearTie(options, new Set(taken.map(({ token }) => token)));
  return [...(tie ? [tie] : []), ...(taken.length > 0 ? [{ kind: 'taken' as const, tokens: taken }] : [])];
}

function findNearTie(options: readonly Option[], taken: ReadonlySet<string>): ChoiceFact | null {
  const [first, second] = options.toSorted((a, b) => shareOf(b) - shareOf(a));
  if (!first || !second || !isNearTie(shareOf(first), shareOf(second))) return null;
  if (!taken.has(first.token) || !taken.has(second.token)) return null;
  return { kind: 'near-tie', tokens: [first.token, second.token], shares: [shareOf(first), shareOf(second)] };
}

/** Who took which token, the most frequent first; of equally frequent ones that of the run that comes first. */
export const takenTokens = (together: SharedChoice['together']): TakenToken[] =>
  byFrequency(together.map(({ run, moment }) => ({ run, token: moment.token })));

/** Tokens with the runs that have them, the most frequent first, the runs in the order of their numbers. */
const byFrequency = (those: readonly { run: number; token: string }[]): TakenToken[] =>
  [...Map.groupBy(those, ({ token }) => token)]
    .map(([token, those]) => ({ token, runs: those.map(({ run }) => run).toSorted((a, b) => a - b) }))
    .toSorted((a, b) => b.runs.length - a.runs.length);

/**
 * What the numbers of a choice are worth:
 * `provider`: what a provider reported of its `options` likeliest tokens, or an imported file says that it did.
 * `exact`: the very numbers by which the token was chosen; of an `imported` run, those by which the `model` chooses it, since
 * who wrote the text only its file says. The `draw` is known; or unknown, since no seed was sent; or
 * unused, since the request gave the token.
 */
export type Precision =
  | { kind: 'provider'; options: number; imported: boolean }
  | { kind: 'exact'; imported: boolean; model: ModelName; draw: KnownDraw };

export type KnownDraw = 'known' | 'unknown' | 'unused';

/** What the numbers of a moment are worth, by where they come from. */
export function precisionOf({ truth, options, draw, given }: Moment, source: Source): Precision {
  const imported = source.kind !== 'none' && source.imported;
  if (truth === 'top' || source.kind !== 'retraceable') return { kind: 'provider', options: options.length, imported };
  const { model } = source.run;
  if (given) return { kind: 'exact', imported, model, draw: 'unused' };
  return { kind: 'exact', imported, model, draw: draw ? 'known' : 'unknown' };
}

/**
 * What bars stand for:
 * `settled`: hollow ones for what the model had, solid ones for what the settings left of it. The model chooses from so
 * many tokens `inAll`, null if that is not known.
 * `reported`: hollow ones for what the provider reported; there are no solid ones.
 * `estimated`: solid ones for what sliders might make of what the provider reported.
 */
export type Legend = { kind: 'settled'; inAll: number | null } | { kind: 'reported' | 'estimated' };

/**
 * What the runs' own draws would have given under other settings:
 * `given`: what they did anyway, since the request gives the token.
 * `estimate`: nothing is known of the draws, and the bars are estimates.
 * `draw-unknown`: nothing is known of the draws, but the bars are exact.
 * `one-token`: the same token in all of so many `runs`; `unchanged` if each of them has it anyway.
 * `several-tokens`: which token in which runs, the most frequent first.
 */
export type ReshapedFact =
  | { kind: 'given' | 'estimate' | 'draw-unknown' }
  | { kind: 'one-token'; sliders: Sliders; token: string; runs: number; unchanged: boolean }
  | { kind: 'several-tokens'; sliders: Sliders; tokens: TakenToken[] };

/**
 * What the runs' draws would have given. `reshaped` goes with `together`, in order: null where it is not known (yet). Null
 * until something is known.
 */
export function reshapedFact(
  together: SharedChoice['together'],
  reshaped: readonly (Reshaped | null)[],
  sliders: Sliders,
): ReshapedFact | null {
  if (together.some(({ moment }) => moment.given)) return { kind: 'given' };
  const drawn = together.flatMap(({ run, moment }, index) => {
    const token = reshaped[index]?.sameDraw?.token;
    return token === undefined ? [] : [{ run, token, unchanged: token === moment.token }];
  });
  const [first] = drawn;
  if (!first) {
    const known = reshaped.find((each) => each !== null);
    return known ? { kind: known.exact ? 'draw-unknown' : 'estimate' } : null;
  }
  const tokens = byFrequency(drawn);
  if (tokens.length > 1) return { kind: 'several-tokens', sliders, tokens };
  const unchanged = drawn.every((each) => each.unchanged);
  return { kind: 'one-token', sliders, token: first.token, runs: drawn.length, unchanged };
}
