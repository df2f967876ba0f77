'use client';

import { useMemo } from 'react';
import type { TracedRun } from '@/lib/lens/across-runs';
import type { TraceState } from '@/lib/lens/lens';
import { settingOf } from '@/lib/lens/setting';
import { type Source, sourceOf } from '@/lib/lens/source';
import { armRequest } from '@/lib/recipe/plan';
import type { Experiment } from '@/lib/run/fold';
import type { SavedExperiment } from '@/lib/run/saved';
import type { LensLine } from './lens-line';
import { useMoments } from './use-lens';

/** A run for the lens: how its tokens were chosen, and how that is known. */
export type LensRun = TracedRun & { source: Source };

/** The runs of an experiment that the lens can show, and by run how far it has got with each that it looks at. */
export type TracedRuns = { traced: LensRun[]; states: ReadonlyMap<number, TraceState> };

/** What is looked at: the experiment and where it comes from, and the run that the lens shows, null if it is closed. */
type LookedAt = { experiment: Experiment; origin: SavedExperiment['origin']; current: number | null };

/** With more runs than this, only the first ones and the current one are traced: each takes some milliseconds. */
const maxTraced = 60;

/** How every token of every run was chosen. Nothing is worked out until it is `wanted`. */
export function useTraced(line: LensLine, wanted: boolean, { experiment, origin, current }: LookedAt): TracedRuns {
  const { recipe, runs, running } = experiment;
  const beyond = runs.findIndex(({ run }) => run === current) >= maxTraced ? current : null;
  const looked = useMemo(() => {
    if (!wanted || running) return [];
    const records = runs.filter(({ run }, at) => at < maxTraced || run === beyond);
    return records.map((record) => {
      const source = sourceOf(record, recipe, origin);
      return { run: record.run, text: record.text, setting: settingOf(armRequest(recipe, record.arm), source), source };
    });
  }, [recipe, runs, running, origin, wanted, beyond]);
  const sources = useMemo(() => looked.map(({ source }) => source), [looked]);
  const found = useMoments(line, sources);
  return useMemo(() => {
    const states = new Map(looked.flatMap(({ run }, at) => (found[at] ? [[run, found[at]] as const] : [])));
    const traced = looked.flatMap((each, at) => {
      const state = found[at];
      return state?.kind === 'ready' && state.moments.length > 0 ? [{ ...each, moments: state.moments }] : [];
    });
    return { traced, states };
  }, [looked, found]);
}
