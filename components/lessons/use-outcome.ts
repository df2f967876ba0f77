'use client';

import { useMemo } from 'react';
import type { LensLine } from '@/components/lens/lens-line';
import { useMoments } from '@/components/lens/use-lens';
import { sourceOf } from '@/lib/lens/source';
import type { Outcome } from '@/lib/lessons/lesson';
import type { Experiment } from '@/lib/run/fold';

/** What came of an experiment, once it is known how its tokens were chosen, or that this cannot be known; null until then. */
export function useOutcome(line: LensLine, experiment: Experiment | null): Outcome | null {
  const sources = useMemo(
    () => experiment?.runs.map((record) => sourceOf(record, experiment.recipe)) ?? [],
    [experiment],
  );
  const found = useMoments(line, sources);
  return useMemo(() => {
    if (!experiment || found.some(({ kind }) => kind === 'loading')) return null;
    const known = found.flatMap((each, index) => {
      const run = experiment.runs[index]?.run;
      return each.kind === 'ready' && run !== undefined ? [[run, each.moments] as const] : [];
    });
    return { experiment, moments: new Map(known) };
  }, [experiment, found]);
}
