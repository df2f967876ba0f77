'use client';

import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { justColumns, noResults, type Results, takeStep, type ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import { type ComparisonFailure, ComparisonLine, type ComparisonNews } from './comparison-line';

/** What is known so far; and if the comparison has failed, why there is no more of it. */
export type ResultsSoFar = Results & { failure: ComparisonFailure | null };

/**
 * The results of an experiment, worked out in a worker and shown as they come. `initialView` is the view of the experiment
 * that is given first. Results are never shown with another experiment's texts: until a new one's first are there, nothing
 * is said of it.
 */
export function useResults(experiment: Experiment, viewSettings: ViewSettings, initialView: SideBySide): ResultsSoFar {
  const [latest, setLatest] = useState<Latest>({ id: experiment.id, results: justColumns(initialView), failure: null });
  const comparing = useRef<ComparisonLine | null>(null);

  useEffect(() => {
    const line = new ComparisonLine(
      () => new Worker(new URL('./comparison.worker.ts', import.meta.url)),
      (id, news) => {
        const show = () => setLatest((before) => takeIn(before, id, news));
        // What comes first is shown at once; what follows may be much, and gives way to whatever somebody does meanwhile.
        if (news.kind === 'start') show();
        else startTransition(show);
      },
    );
    comparing.current = line;
    return () => line.close();
  }, []);

  const { view, baseline, stored, expected, marking, foldMode, rejoined, mode, pattern, origin } = viewSettings;
  const variant = useMemo(
    () => ({ view, baseline, stored, expected, marking, foldMode, rejoined, mode, pattern, origin }),
    [view, baseline, stored, expected, marking, foldMode, rejoined, mode, pattern, origin],
  );
  useEffect(() => void comparing.current?.ask({ experiment, viewSettings: variant }), [experiment, variant]);

  const own = latest.id === experiment.id ? latest : null;
  return { ...(own?.results ?? noResults(experiment)), failure: own?.failure ?? null };
}

/** `results` is null while nothing is known of the experiment. */
type Latest = { id: string; results: Results | null; failure: ComparisonFailure | null };

function takeIn(before: Latest, id: string, news: ComparisonNews): Latest {
  const known = before.id === id ? before.results : null;
  if (news.kind === 'failed') return { id, results: known, failure: news };
  const results = takeStep(known, news);
  return results ? { id, results, failure: null } : before;
}
