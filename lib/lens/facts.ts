import type { MomentAcrossRuns } from './across-runs';
import { type Moment, type Option, shareOf } from './moment';
import type { Reshaped, Sliders } from './reshape';

/** A token and the runs that took it, by number (from 1). The token '' is the end of the text. */
export type TakenToken = { token: string; runs: number[] };

/**
 * What there is to say of one moment in all runs:
 * `near-tie`: the two likeliest options were about as likely, and runs took both; `shares` from 0 to 1, the larger first.
 * `taken`: who took which token, the most frequent first.
 * `elsewhere`: runs whose text had gone another way before this moment, or had ended.
 */
export type MomentFact =
  | { kind: 'near-tie'; tokens: [string, string]; shares: [number, number] }
  | { kind: 'taken'; tokens: TakenToken[] }
  | { kind: 'elsewhere'; runs: number[] };

/** Two options this close, in percentage points, are a near tie if runs took both. */
export const nearTiePoints = 5;

/** Whether two shares (0 to 1), the larger one first, are within `nearTiePoints` of each other. */
export const isNearTie = (larger: number, smaller: number): boolean => (larger - smaller) * 100 <= nearTiePoints;

/**
 * What there is to say of one moment, in the order in which it is best said. Shares are those after the settings where
 * they are known, else the model's own.
 *
 *     momentFacts({ options: [' kept' 0.41, ' lit' 0.38], together: [run 1 ' kept', run 2 ' lit', run 3 ' lit'], … })
 *       →  [{ kind: 'near-tie', tokens: [' kept', ' lit'], shares: [0.41, 0.38] },
 *           { kind: 'taken', tokens: [{ token: ' lit', runs: [2, 3] }, { token: ' kept', runs: [1] }] }]
 */
export function momentFacts({
  options,
  together,
  elsewhere,
}: Pick<MomentAcrossRuns, 'options' | 'together' | 'elsewhere'>): MomentFact[] {
  const taken = takenTokens(together);
  const tie = findNearTie(options, new Set(taken.map(({ token }) => token)));
  return [
    ...(tie ? [tie] : []),
    ...(taken.length > 0 ? [{ kind: 'taken' as const, tokens: taken }] : []),
    ...(elsewhere.length > 0 ? [{ kind: 'elsewhere' as const, runs: elsewhere }] : []),
  ];
}

function findNearTie(options: readonly Option[], taken: ReadonlySet<string>): MomentFact | null {
  const [first, second] = options.toSorted((a, b) => shareOf(b) - shareOf(a));
  if (!first || !second || !isNearTie(shareOf(first), shareOf(second))) return null;
  if (!taken.has(first.token) || !taken.has(second.token)) return null;
  return { kind: 'near-tie', tokens: [first.token, second.token], shares: [shareOf(first), shareOf(second)] };
}

/** Who took which token, the most frequent first; of equally frequent ones that of the run that comes first. */
export function takenTokens(together: MomentAcrossRuns['together']): TakenToken[] {
  const byToken = Map.groupBy(together, ({ moment }) => moment.token);
  return [...byToken]
    .map(([token, those]) => ({ token, runs: those.map(({ run }) => run) }))
    .toSorted((a, b) => b.runs.length - a.runs.length);
}

/**
 * What the numbers of a moment are worth:
 * `none`: the model sends no probabilities.
 * `provider`: what a provider sent of its `options` likeliest tokens, without the draw.
 * `exact`: the very numbers by which the token was chosen, and whether the draw is among them.
 */
export type Precision =
  | { kind: 'none' }
  | { kind: 'provider'; options: number }
  | { kind: 'exact'; drawKnown: boolean };

/** What the numbers of a moment are worth, or of a run that has no moments (null). */
export function precisionOf(moment: Moment | null): Precision {
  if (!moment) return { kind: 'none' };
  if (moment.truth === 'top') return { kind: 'provider', options: moment.options.length };
  return { kind: 'exact', drawKnown: moment.draw !== null };
}

/**
 * What the runs' own draws would have given under other settings:
 * `estimate`: nothing is known of the draws, only of the bars, and those are estimates.
 * `one-token`: the same token in every run; `unchanged` if it is the one that the run looked at has anyway.
 * `several-tokens`: what each run would have taken, in the order of their numbers.
 */
export type ReshapedFact =
  | { kind: 'estimate' }
  | { kind: 'one-token'; sliders: Sliders; token: string; unchanged: boolean }
  | { kind: 'several-tokens'; sliders: Sliders; runs: { run: number; token: string }[] };

/** What the runs' draws would have given. `reshaped` goes with `together`, in order: null where it is not known (yet). */
export function reshapedFact(
  together: MomentAcrossRuns['together'],
  reshaped: readonly (Reshaped | null)[],
  sliders: Sliders,
): ReshapedFact {
  const [first, ...others] = together.flatMap(({ run, moment }, index) => {
    const token = reshaped[index]?.sameDraw?.token;
    return token === undefined ? [] : [{ run, token, unchanged: token === moment.token }];
  });
  if (!first) return { kind: 'estimate' };
  const { token, unchanged } = first;
  if (others.every((each) => each.token === token)) return { kind: 'one-token', sliders, token, unchanged };
  const runs = [first, ...others].map(({ run, token }) => ({ run, token })).toSorted((a, b) => a.run - b.run);
  return { kind: 'several-tokens', sliders, runs };
}
