'use client';

import { useEffect, useRef, useState } from 'react';
import type { Baseline, SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { ComparisonReply, ComparisonRequest } from './comparison.worker';

/**
 * The comparison of an experiment, worked out in a worker. One request is under way at a time; of those that come up
 * meanwhile only the newest is sent after it, so a slow comparison never queues up.
 *
 * `initialView` is the view of the experiment that is given first. A view is never shown with another experiment's texts:
 * until a new one's first view is there, nothing is said of it.
 */
export function useSideBySide(
  experiment: Experiment,
  baseline: Baseline,
  stored: readonly RunRecord[] | null,
  initialView: SideBySide,
): SideBySide {
  const [latest, setLatest] = useState<ComparisonReply>({ id: experiment.id, view: initialView });
  const worker = useRef<Worker | null>(null);
  const busy = useRef(false);
  const next = useRef<ComparisonRequest | null>(null);
  const first = useRef(true);

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

  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    const request = { experiment, baseline, stored };
    if (busy.current) next.current = request;
    else {
      busy.current = true;
      worker.current?.postMessage(request);
    }
  }, [experiment, baseline, stored]);

  return latest.id === experiment.id ? latest.view : nothingYet(experiment);
}

const nothingYet = ({ runs }: Experiment): SideBySide => ({
  verdict: { sentence: `Comparing ${runs.length} ${runs.length === 1 ? 'run' : 'runs'}.`, detail: '', tone: 'open' },
  baselineRun: null,
  variants: 0,
  fork: null,
  columns: [],
});
