'use client';

import { useEffect, useRef, useState } from 'react';
import type { Looking, Results } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { ComparisonReply, ComparisonRequest } from './comparison.worker';

/**
 * The results of an experiment, worked out in a worker. One request is under way at a time; of those that come up
 * meanwhile only the newest is sent after it, so a slow comparison never queues up.
 *
 * `initialView` is the view of the experiment that is given first. Results are never shown with another experiment's
 * texts: until a new one's first are there, nothing is said of it.
 */
export function useResults(experiment: Experiment, looking: Looking, initialView: SideBySide): Results {
  const [latest, setLatest] = useState<ComparisonReply>({ id: experiment.id, results: justColumns(initialView) });
  const worker = useRef<Worker | null>(null);
  const busy = useRef(false);
  const next = useRef<ComparisonRequest | null>(null);

  useEffect(() => {
    const started = new Worker(new URL('./comparison.worker.ts', import.meta.url));
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<ComparisonReply>) => {
      setLatest(data);
      busy.current = next.current !== null;
      if (next.current) started.postMessage(next.current);
      next.current = null;
    };
    return () => {
      started.terminate();
      worker.current = null;
      busy.current = false;
    };
  }, []);

  const { view, baseline, stored, rung, pattern, origin } = looking;
  useEffect(() => {
    const request = { experiment, looking: { view, baseline, stored, rung, pattern, origin } };
    if (busy.current) next.current = request;
    else {
      busy.current = true;
      worker.current?.postMessage(request);
    }
  }, [experiment, view, baseline, stored, rung, pattern, origin]);

  return latest.id === experiment.id ? latest.results : justColumns(nothingYet(experiment));
}

const justColumns = (sideBySide: SideBySide): Results => ({ sideBySide, model: { view: 'columns' }, figures: null });

const nothingYet = ({ runs }: Experiment): SideBySide => ({
  verdict: { sentence: `Comparing ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}.`, detail: '', tone: 'open' },
  baselineRun: null,
  variants: 0,
  fork: null,
  columns: [],
});
