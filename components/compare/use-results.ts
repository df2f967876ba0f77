'use client';

import { startTransition, useEffect, useRef, useState } from 'react';
import { whenIdle } from '@/components/ui/when-idle';
import { justColumns, noResults, type Results, takeStep, type ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { ComparisonFailure, ComparisonLine, ComparisonNews } from './comparison-line';

/** An experiment with its columns. */
export type Compared = { experiment: Experiment; view: SideBySide };

/** The results so far, and if the comparison has failed, why there are no more. */
export type ResultsSoFar = Results & { failure: ComparisonFailure | null };

/**
 * The results of an experiment, worked out in a worker and shown as they come. `viewSettings` must be the same object for as
 * long as nothing in it changes, as the session's selector gives them. `opened` is what the server
 * compared already. Results are never shown with another experiment's texts: a new one has none until its own first ones come.
 */
export function useResults(experiment: Experiment, viewSettings: ViewSettings, opened: Compared | null): ResultsSoFar {
  const [latest, setLatest] = useState<Latest>(() => ({
    id: (opened?.experiment ?? experiment).id,
    results: opened && justColumns(opened.view),
    failure: null,
  }));
  const comparing = useRef<Promise<ComparisonLine> | null>(null);
  const rendered = useRef(opened?.experiment.id ?? null);

  useEffect(() => {
    const beginning = rendered.current === null ? Promise.resolve() : new Promise<void>(whenIdle);
    const line = openLine(beginning, (id, news) => {
      const show = () => setLatest((before) => takeIn(before, id, news));
      // A first step is shown at once, unless the server rendered it. All else may be large, and gives way to whatever the
      // reader does meanwhile.
      if (news.kind === 'start' && rendered.current !== id) show();
      else startTransition(show);
      rendered.current = null;
    });
    comparing.current = line;
    return () => void line.then((opened) => opened.close());
  }, []);

  useEffect(() => {
    void comparing.current?.then((line) => line.ask({ experiment, viewSettings }));
  }, [experiment, viewSettings]);

  const own = latest.id === experiment.id ? latest : null;
  return { ...(own?.results ?? noResults(experiment)), failure: own?.failure ?? null };
}

/** The line to a new worker. Neither it nor its code is needed for what the server has rendered. */
async function openLine(
  beginning: Promise<void>,
  tell: (id: string, news: ComparisonNews) => void,
): Promise<ComparisonLine> {
  await beginning;
  const { ComparisonLine } = await import('./comparison-line');
  return new ComparisonLine(() => new Worker(new URL('./comparison.worker.ts', import.meta.url)), tell);
}

/** `results` is null while nothing is known about the experiment. */
type Latest = { id: string; results: Results | null; failure: ComparisonFailure | null };

function takeIn(before: Latest, id: string, news: ComparisonNews): Latest {
  const known = before.id === id ? before.results : null;
  if (news.kind === 'failed') return { id, results: known, failure: news };
  const results = takeStep(known, news);
  return results ? { id, results, failure: null } : before;
}
