import { type Moment, type Option, shareOf } from './moment';

/** How surprising a token was, in bits: 0 for one that had to come, 1 for one of two equally likely ones. */
export function surprise({ token, options }: Moment): number {
  const probability = options.find((option) => option.token === token)?.probability ?? 0;
  return probability > 0 ? -Math.log2(probability) + 0 : Number.POSITIVE_INFINITY;
}

/** A moment (its index, from 0) at which the text could easily have gone another way, and the token that came closest. */
export type NearMiss = { at: number; chosen: Option | null; instead: Option };

/** Where a text could most easily have gone another way: the moments whose runner-up was closest to what came. */
export function nearMisses(moments: readonly Moment[], limit: number): NearMiss[] {
  return moments
    .flatMap((moment, at) => {
      const chosen = moment.options.find(({ token }) => token === moment.token) ?? null;
      const own = chosen ? shareOf(chosen) : 0;
      const [instead] = moment.options
        .filter(({ token }) => token !== moment.token)
        .toSorted((a, b) => shareOf(b) - shareOf(a));
      return instead && shareOf(instead) > 0 && !moment.given
        ? [{ at, chosen, instead, distance: own - shareOf(instead) }]
        : [];
    })
    .sort((a, b) => a.distance - b.distance || a.at - b.at)
    .slice(0, limit)
    .map(({ at, chosen, instead }) => ({ at, chosen, instead }));
}
