'use client';

import { useEffect, useRef, useState } from 'react';
import type { Baseline, SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { ComparisonRequest } from './comparison.worker';

/**
 * The comparison of an experiment, worked out in a worker. One request is under way at a time; of those that come up
 * meanwhile only the newest is sent after it, so a slow comparison never queues up.
 *
 * Until the first answer, and for `initial`'s own experiment, `initialView` is shown.
 */
export function useSideBySide(experiment: Experiment, baseline: Baseline, initialView: SideBySide): SideBySide {
  const [view, setView] = useState(initialView);
  const worker = useRef<Worker | null>(null);
  const busy = useRef(false);
  const next = useRef<ComparisonRequest | null>(null);
  const first = useRef(true);

  useEffect(() => {
    const started = new Worker(new URL('./comparison.worker.ts', import.meta.url));
    worker.current = started;
    started.onmessage = ({ data }: MessageEvent<SideBySide>) => {
      setView(data);
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
    const request = { experiment, baseline };
    if (busy.current) next.current = request;
    else {
      busy.current = true;
      worker.current?.postMessage(request);
    }
  }, [experiment, baseline]);

  return view;
}
