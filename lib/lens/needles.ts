import type { SharedChoice } from './across-runs';
import type { Draw } from './moment';
import type { Reshaped } from './reshaped';

/** What a run's draw hit: the token, with its segment of the unit line. */
export type DrawOutcome = Draw & { run: number; token: string };

/**
 * What each known draw hit, in the order of `together`: under other settings where `reshaped` says so (in the same
 * order, null where that is not known yet), else as it was run. A token that the request gave came whatever the draw.
 */
export function drawOutcomes(
  together: SharedChoice['together'],
  reshaped: readonly (Reshaped | null)[] = [],
): DrawOutcome[] {
  return together.flatMap(({ run, moment }, index) => {
    if (!moment.draw || moment.given) return [];
    return [{ run, ...(reshaped[index]?.sameDraw ?? { ...moment.draw, token: moment.token }) }];
  });
}

/** A needle over the unit line: where it points, what it hit, and the runs whose draw it is. */
export type Needle = Draw & { token: string; runs: number[] };

/** One needle for each draw and what came of it, in the order of the runs' numbers; runs with the same draw share one. */
export function needlesOf(outcomes: readonly DrawOutcome[]): Needle[] {
  const sorted = outcomes.toSorted((a, b) => a.run - b.run);
  return [...Map.groupBy(sorted, ({ u, token }) => `${u} ${token}`).values()].flatMap((those) => {
    const [first] = those;
    if (!first) return [];
    const { run: _, ...drawn } = first;
    return [{ ...drawn, runs: those.map(({ run }) => run) }];
  });
}
