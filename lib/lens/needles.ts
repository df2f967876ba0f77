import type { MomentAcrossRuns } from './across-runs';
import type { Draw } from './moment';
import type { Reshaped } from './reshape';

/**
 * What a run's draw `u` (from 0 up to 1) hit: the token and its segment of the unit line. `segment` is null for a token
 * that the request had given: it came whatever the draw.
 */
export type DrawOutcome = { run: number; u: number; token: string; segment: Pick<Draw, 'from' | 'to'> | null };

/**
 * What each known draw hit, in the order of `together`: under other settings where `reshaped` says so (in the same
 * order, null where that is not known yet), else as it was run.
 */
export function drawOutcomes(
  together: MomentAcrossRuns['together'],
  reshaped: readonly (Reshaped | null)[] = [],
): DrawOutcome[] {
  return together.flatMap(({ run, moment }, index) => {
    if (!moment.draw) return [];
    const sameDraw = reshaped[index]?.sameDraw;
    const { from, to } = sameDraw ?? moment.draw;
    const token = sameDraw?.token ?? moment.token;
    return [{ run, u: moment.draw.u, token, segment: moment.given ? null : { from, to } }];
  });
}

/** A needle over the unit line: where it points, what it hit, and the runs whose draw it is. */
export type Needle = { u: number; runs: number[]; token: string };

/** One needle for each draw and what came of it, in the order of the runs' numbers; runs with the same draw share one. */
export function needlesOf(outcomes: readonly DrawOutcome[]): Needle[] {
  const sorted = outcomes.toSorted((a, b) => a.run - b.run);
  return [...Map.groupBy(sorted, ({ u, token }) => `${u} ${token}`).values()].flatMap((those) => {
    const [first] = those;
    return first ? [{ u: first.u, runs: those.map(({ run }) => run), token: first.token }] : [];
  });
}
