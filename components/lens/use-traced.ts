'use client';

import { useMemo } from 'react';
import type { Traced } from '@/lib/lens/gather';
import type { Sliders } from '@/lib/lens/reshape';
import { type Source, sourceOf } from '@/lib/lens/source';
import { armRequest } from '@/lib/recipe/plan';
import type { Experiment } from '@/lib/run/fold';
import type { LensLine } from './lens-line';
import { type RunMoments, useMoments } from './use-lens';

/** A run as the lens sees it: how its tokens were chosen, where that is known from, and the settings it was made with. */
export type TracedRun = Traced & { source: Source; settings: Sliders };

/** The runs of an experiment that the lens can look at, and why it cannot look at the others. */
export type TracedRuns = { traced: TracedRun[]; states: ReadonlyMap<number, RunMoments> };

const nothing: Source[] = [];

/** Of more runs than these only the first are looked at, and the one that is asked for: each takes some milliseconds. */
const maxTraced = 60;

/** How every token of every run was chosen. Nothing is worked out until it is `wanted`, by whoever looks at run `looked`. */
export function useTraced(line: LensLine, experiment: Experiment, wanted: boolean, looked: number | null): TracedRuns {
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
  const beyond = all.findIndex(({ run }) => run === looked) >= maxTraced ? looked : null;
  const sources = useMemo(
    () =>
      wanted && !running
        ? all.map(({ run, source }, at): Source => (at < maxTraced || run === beyond ? source : { kind: 'none' }))
        : nothing,
    [all, wanted, running, beyond],
  );
  const found = useMoments(line, sources);
  return useMemo(() => {
    const states = new Map(all.map(({ run }, at) => [run, found[at] ?? { state: 'none' as const }]));
    const traced = all.flatMap((each, at) => {
      const moments = found[at];
      return moments?.state === 'ready' && moments.moments.length > 0 ? [{ ...each, moments: moments.moments }] : [];
    });
    return { traced, states };
  }, [all, found]);
}
