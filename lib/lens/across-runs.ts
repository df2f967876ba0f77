import type { Moment } from './moment';
import { listMore, type OptionList } from './options';
import type { Setting } from './setting';

/** A run, how its tokens were chosen, and under which setting. */
export type TracedRun = { run: number; text: string; setting: Setting; moments: readonly Moment[] };

/**
 * One choice that several runs had before them: they ran under one setting and have the same tokens before it, so that one
 * distribution serves them all. `together` are these runs, each with its own moment; `options` are those that the first of
 * them lists and whatever the others took, `rest` all others.
 */
export type SharedChoice = OptionList & { setting: Setting; together: { run: number; moment: Moment }[] };

/**
 * One token's place in all runs, as seen from one of them: the token number `at` (from 0) of each. `before` names the tokens
 * that came before it in the run looked at. `choices` are those of the runs with the same tokens before it, one for each
 * setting, in the order in which these first ran; `own` is that of the run looked at, which is the first in it. `elsewhere`
 * are the runs with another history, or with none any more because they had ended.
 */
export type MomentAcrossRuns = {
  at: number;
  before: string;
  own: SharedChoice;
  choices: SharedChoice[];
  elsewhere: number[];
};

/** What separates the tokens in `MomentAcrossRuns.before`. */
export const tokenSeparator = '\u0000';

/** Collects one moment from all runs, as seen from one of them; null if that run has no such token. */
export function momentAcrossRuns(runs: readonly TracedRun[], run: number, at: number): MomentAcrossRuns | null {
  const seenFrom = runs.find((each) => each.run === run);
  if (!seenFrom?.moments[at]) return null;
  const before = tokensBefore(seenFrom, at);
  const there = runs.flatMap((traced) => {
    const moment = traced.moments[at];
    return moment && tokensBefore(traced, at) === before ? [{ run: traced.run, setting: traced.setting, moment }] : [];
  });
  const choices = [...Map.groupBy(there, ({ setting }) => setting.key).values()].flatMap((those) => {
    const [first, ...others] = those.toSorted((a, b) => Number(b.run === run) - Number(a.run === run));
    return first ? [shareChoice(first, others)] : [];
  });
  const own = choices.find(({ together }) => together[0]?.run === run);
  const joined = new Set(there.map((each) => each.run));
  const elsewhere = runs.filter((each) => !joined.has(each.run)).map((each) => each.run);
  return own ? { at, before, own, choices, elsewhere } : null;
}

/** A run with its moment at the place looked at. */
type RunThere = { run: number; setting: Setting; moment: Moment };

/** The choice of all these runs, as the first of them lists it. */
function shareChoice(first: RunThere, others: readonly RunThere[]): SharedChoice {
  const taken = others.flatMap(({ moment: { token, options } }) => options.filter((option) => option.token === token));
  return {
    setting: first.setting,
    together: [first, ...others].map(({ run, moment }) => ({ run, moment })),
    ...listMore(first.moment, taken),
  };
}

const tokensBefore = ({ moments }: TracedRun, at: number): string =>
  moments
    .slice(0, at)
    .map(({ token }) => token)
    .join(tokenSeparator);

/**
 * The choices that are shown: the first `max`, the own one in place of the last of them if it comes later. `left` are those
 * that are not.
 */
export function firstChoices(
  { own, choices }: Pick<MomentAcrossRuns, 'own' | 'choices'>,
  max: number,
): { shown: SharedChoice[]; left: SharedChoice[] } {
  const first = choices.slice(0, max);
  const shown = first.includes(own) ? first : [...first.slice(0, -1), own];
  return { shown, left: choices.filter((choice) => !shown.includes(choice)) };
}
