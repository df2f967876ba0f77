'use client';

import { useMemo } from 'react';
import type { TracedRun } from '@/lib/lens/across-runs';
import type { TraceState } from '@/lib/lens/lens';
import type { Sliders } from '@/lib/lens/reshape';
import { type Source, sourceOf } from '@/lib/lens/source';
import { armRequest } from '@/lib/recipe/plan';
import type { Experiment } from '@/lib/run/fold';
import type { LensLine } from './lens-line';
import { useMoments } from './use-lens';

/** A run for the lens: how its tokens were chosen, how that is known, and the settings it ran with. */
export type LensRun = TracedRun & { source: Source; settings: Sliders };

/** The runs of an experiment that the lens can show, and by run how far it has got with each. */
export type TracedRuns = { traced: LensRun[]; states: ReadonlyMap<number, TraceState> };

const nothing: Source[] = [];

/** With more runs than this, only the first ones and the current one are traced: each takes some milliseconds. */
const maxTraced = 60;

/**
 * How every token of every run was chosen. Nothing is worked out until it is `wanted`. `current` is the run that the
 * lens shows, null if it is closed.
 */
export function useTraced(line: LensLine, experiment: Experiment, wanted: boolean, current: number | null): TracedRuns {
  const { recipe, runs, running } = experiment;
  const all = useMemo(
    () =>
      runs.map((record) => {
        const request = armRequest(recipe, record.arm);
        const settings = { temperature: request.temperature ?? 1, top_p: request.top_p ?? 1 };
        return { run: record.run, text: record.text, source: sourceOf(record, request), settings };
      }),
    [recipe, runs],
  );
  const beyond = all.findIndex(({ run }) => run === current) >= maxTraced ? current : null;
  const sources = useMemo(
    () =>
      wanted && !running
        ? all.map(({ run, source }, at): Source => (at < maxTraced || run === beyond ? source : { kind: 'none' }))
        : nothing,
    [all, wanted, running, beyond],
  );
  const found = useMoments(line, sources);
  return useMemo(() => {
    const states = new Map(all.map(({ run }, at) => [run, found[at] ?? { kind: 'none' as const }]));
    const traced = all.flatMap((each, at) => {
      const moments = found[at];
      return moments?.kind === 'ready' && moments.moments.length > 0 ? [{ ...each, moments: moments.moments }] : [];
    });
    return { traced, states };
  }, [all, found]);
}
