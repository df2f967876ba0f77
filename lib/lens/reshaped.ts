import type { Draw, Moment, Option, Rest } from './moment';

export type Sliders = { temperature: number; top_p: number };

/**
 * A moment under other settings. `exact` says whether these are the numbers that a run with them would have had there,
 * or an estimate. `sameDraw` is what the same draw would have given, with its segment; null if the draw is not known.
 */
export type Reshaped = { exact: boolean; options: Option[]; rest: Rest; sameDraw: (Draw & { token: string }) | null };

/**
 * An estimate of what another temperature and top_p would do to a provider's likeliest tokens. Of all others only the sum
 * is known; they are assumed to be as few as possible, each as likely as the least likely token that is listed.
 */
export function estimate({ options, rest }: Moment, { temperature, top_p }: Sliders): Reshaped {
  const listed = options.toSorted((a, b) => b.probability - a.probability);
  const largest = listed[0]?.probability || 1;
  const smallest = listed.findLast(({ probability }) => probability > 0)?.probability ?? 1;
  const power = Math.min(1 / temperature, Number.MAX_VALUE);
  const weights = listed.map(({ probability }) => (probability / largest) ** power);
  const others = (rest.probability / smallest) * (smallest / largest) ** power;
  const limit = (temperature === 0 ? 0 : top_p) * weights.reduce((sum, weight) => sum + weight, others);
  let reached = 0;
  const kept = weights.map((weight, at) => {
    const wanted = at === 0 || reached < limit;
    reached += weight;
    return wanted ? weight : 0;
  });
  const othersKept = Math.min(others, Math.max(0, limit - reached));
  const total = kept.reduce((sum, weight) => sum + weight, othersKept) || 1;
  return {
    exact: false,
    options: listed.map((option, at) => ({ ...option, chance: (kept[at] ?? 0) / total })),
    rest: { ...rest, chance: othersKept / total },
    sameDraw: null,
  };
}
