import type { Moment, Option } from './moment';

/** A run, and how its tokens were chosen. */
export type TracedRun = { run: number; text: string; moments: readonly Moment[] };

/**
 * One token's place in all runs, as seen from one of them: the token number `at` (from 0) of each. `moment` is that of
 * the run looked at, `before` names the tokens that came before it. `together` are the runs with the same tokens before
 * it, so that one distribution serves them all, the run looked at first; `elsewhere` are those with another history, or
 * none any more because they had ended. `options` are the moment's own and whatever the other runs took.
 */
export type MomentAcrossRuns = {
  at: number;
  before: string;
  moment: Moment;
  together: { run: number; moment: Moment }[];
  elsewhere: number[];
  options: Option[];
};

/** What separates the tokens in `MomentAcrossRuns.before`. */
export const tokenSeparator = '\u0000';

/** Collects one moment from all runs, as seen from one of them; null if that run has no such token. */
export function momentAcrossRuns(runs: readonly TracedRun[], run: number, at: number): MomentAcrossRuns | null {
  const own = runs.find((each) => each.run === run);
  const moment = own?.moments[at];
  if (!own || !moment) return null;
  const before = tokensBefore(own, at);
  const others = runs.filter((each) => each.run !== run);
  const same = others.flatMap((each) => {
    const there = each.moments[at];
    return there && tokensBefore(each, at) === before ? [{ run: each.run, moment: there }] : [];
  });
  const known = new Set(moment.options.map(({ token }) => token));
  const taken = same.flatMap(({ moment: { token, options } }) => {
    const option = options.find((each) => each.token === token);
    if (!option || known.has(token)) return [];
    known.add(token);
    return [option];
  });
  const joined = new Set(same.map((each) => each.run));
  return {
    at,
    before,
    moment,
    together: [{ run, moment }, ...same],
    elsewhere: others.filter((each) => !joined.has(each.run)).map((each) => each.run),
    options: [...moment.options, ...taken],
  };
}

const tokensBefore = ({ moments }: TracedRun, at: number): string =>
  moments
    .slice(0, at)
    .map(({ token }) => token)
    .join(tokenSeparator);
