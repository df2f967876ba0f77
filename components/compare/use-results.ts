'use client';

import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { justColumns, noResults, type Results, takeStep, type ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { ComparisonReply, ComparisonRequest } from './comparison.worker';

/** A comparison that nobody waits for any more is given this long to notice; then its worker is ended. */
const patienceMs = 2000;

/**
 * The results of an experiment, worked out in a worker and shown as they come. While texts grow one request is under way
 * at a time, and of those that come up meanwhile only the newest is sent after it, so that a slow comparison never queues
 * up. Somebody who looks at something else need not wait: what is under way is dropped.
 *
 * `initialView` is the view of the experiment that is given first. Results are never shown with another experiment's
 * texts: until a new one's first are there, nothing is said of it.
 */
export function useResults(experiment: Experiment, viewSettings: ViewSettings, initialView: SideBySide): Results {
  const [latest, setLatest] = useState({ id: experiment.id, results: justColumns(initialView) });
  const comparing = useRef<ReturnType<typeof compareInWorker> | null>(null);

  useEffect(() => {
    const started = compareInWorker((reply) => {
      const show = () => setLatest((before) => takeIn(before, reply));
      // What comes first is shown at once; what follows may be much, and gives way to whatever somebody does meanwhile.
      if (reply.step.kind === 'start') show();
      else startTransition(show);
    });
    comparing.current = started;
    return () => started.end();
  }, []);

  const { view, baseline, stored, expected, marking, foldMode, rejoined, mode, pattern, origin } = viewSettings;
  const variant = useMemo(
    () => ({ view, baseline, stored, expected, marking, foldMode, rejoined, mode, pattern, origin }),
    [view, baseline, stored, expected, marking, foldMode, rejoined, mode, pattern, origin],
  );
  useEffect(() => comparing.current?.ask({ experiment, viewSettings: variant }), [experiment, variant]);

  return latest.id === experiment.id ? latest.results : noResults(experiment);
}

type Latest = { id: string; results: Results };

function takeIn(before: Latest, { id, step }: ComparisonReply): Latest {
  if (step.kind === 'done') return before;
  const results = takeStep(before.id === id ? before.results : null, step);
  return results ? { id, results } : before;
}

/** A worker that compares, one request after another; `tell` gets what it says of the newest. */
function compareInWorker(tell: (reply: ComparisonReply) => void) {
  let underWay: ComparisonRequest | null = null;
  let next: ComparisonRequest | null = null;
  let impatience: ReturnType<typeof setTimeout> | undefined;
  let worker = start();

  function start(): Worker {
    const started = new Worker(new URL('./comparison.worker.ts', import.meta.url));
    started.onmessage = ({ data }: MessageEvent<ComparisonReply>) => {
      // Of a request that was dropped a last step may still come in.
      if (data.step.kind === 'start') clearTimeout(impatience);
      tell(data);
      if (data.step.kind !== 'done') return;
      underWay = null;
      if (next) send(next);
    };
    return started;
  }

  function send(request: ComparisonRequest): void {
    underWay = request;
    next = null;
    worker.postMessage(request);
  }

  function drop(request: ComparisonRequest): void {
    send(request);
    clearTimeout(impatience);
    impatience = setTimeout(() => {
      worker.terminate();
      worker = start();
      send(next ?? request);
    }, patienceMs);
  }

  return {
    ask(request: ComparisonRequest): void {
      if (underWay === null) send(request);
      else if (growsOn(underWay, request)) next = request;
      else drop(request);
    },
    end(): void {
      clearTimeout(impatience);
      worker.terminate();
    },
  };
}

/** Whether a request is for the same thing, of texts that have grown since. */
const growsOn = (before: ComparisonRequest, after: ComparisonRequest): boolean =>
  before.experiment.id === after.experiment.id && before.viewSettings === after.viewSettings;
