import type { Draw, Moment, Option } from './moment';

/** A run, and how its tokens were chosen. */
export type Traced = { run: number; text: string; moments: readonly Moment[] };

/**
 * One place in all runs: the token number `at` (from 0) of each. `together` are the runs that had said the same until
 * then, so that one distribution serves them all, the run looked at first; `elsewhere` those that have another history by
 * now, or had ended. `options` are those of the run looked at and whatever the others took.
 */
export type Gathered = {
  at: number;
  before: string;
  moment: Moment;
  together: { run: number; moment: Moment }[];
  elsewhere: number[];
  options: Option[];
};

/** Gathers a place from all runs, as seen from one of them; null if that one has no such token. */
export function gather(runs: readonly Traced[], run: number, at: number): Gathered | null {
  const own = runs.find((each) => each.run === run);
  const moment = own?.moments[at];
  if (!own || !moment) return null;
  const before = beforeOf(own, at);
  const others = runs.filter((each) => each.run !== run);
  const same = others.flatMap((each) => {
    const there = each.moments[at];
    return there && beforeOf(each, at) === before ? [{ run: each.run, moment: there }] : [];
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

const beforeOf = ({ moments }: Traced, at: number): string =>
  moments
    .slice(0, at)
    .map(({ token }) => token)
    .join('\u0000');

/** A stretch of the unit line: `token` null is what no option has. */
export type Segment = { token: string | null; from: number; to: number };

/**
 * The unit line from 0 to 1, cut into the options' chances in their order; where an option stands farther on than those
 * before it reach (it is shown because it was drawn), others lie between. `draws` are known segments of tokens.
 *
 *     'a' 0.5, 'b' 0.25, 'z' 0.01 drawn in [0.9, 0.91)  →  a 0–0.5 · b 0.5–0.75 · others 0.75–0.9 · z 0.9–0.91 · others 0.91–1
 */
export function unitLine(
  options: readonly Pick<Option, 'token' | 'chance'>[],
  draws: readonly (Pick<Draw, 'from' | 'to'> & { token: string })[],
): Segment[] {
  const known = new Map(draws.map((draw) => [draw.token, draw]));
  const line: Segment[] = [];
  let reached = 0;
  const placed = options
    .filter(({ chance }) => (chance ?? 0) > 0)
    .map(({ token, chance }) => {
      const { from, to } = known.get(token) ?? { from: reached, to: reached + (chance ?? 0) };
      reached = Math.max(reached, to);
      return { token, from, to };
    })
    .sort((a, b) => a.from - b.from);
  let at = 0;
  for (const segment of placed) {
    if (segment.from - at > 1e-9) line.push({ token: null, from: at, to: segment.from });
    line.push(segment);
    at = Math.max(at, segment.to);
  }
  if (1 - at > 1e-9) line.push({ token: null, from: at, to: 1 });
  return line;
}

/** How surprising a token was, in bits: 0 for one that had to come, 1 for one of two equally likely ones. */
export function surprise({ token, options }: Moment): number {
  const probability = options.find((option) => option.token === token)?.probability ?? 0;
  return probability > 0 ? -Math.log2(probability) + 0 : Number.POSITIVE_INFINITY;
}

/** Where a text could most easily have gone another way: the places whose runner-up was nearest to what came. */
export function nearMisses(moments: readonly Moment[], most: number): { at: number; instead: Option }[] {
  return moments
    .flatMap((moment, at) => {
      const own = shareOf(moment.options.find(({ token }) => token === moment.token));
      const [instead] = moment.options
        .filter(({ token }) => token !== moment.token)
        .toSorted((a, b) => shareOf(b) - shareOf(a));
      return instead && shareOf(instead) > 0 && !moment.given
        ? [{ at, instead, distance: own - shareOf(instead) }]
        : [];
    })
    .sort((a, b) => a.distance - b.distance || a.at - b.at)
    .slice(0, most)
    .map(({ at, instead }) => ({ at, instead }));
}

const shareOf = (option: Option | undefined): number => option?.chance ?? option?.probability ?? 0;
