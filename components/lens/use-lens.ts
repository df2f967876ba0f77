'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { Inside } from '@/lib/lens/inside';
import type { TraceState } from '@/lib/lens/lens';
import type { ModelName } from '@/lib/lens/lens-model';
import { fromLogprobs } from '@/lib/lens/logprobs';
import type { Moment } from '@/lib/lens/moment';
import { estimate, type Reshaped, type Sliders } from '@/lib/lens/reshaped';
import type { ScoreDrift } from '@/lib/lens/score-drift';
import type { RetraceableRun, Source } from '@/lib/lens/source';
import { LensLine } from './lens-line';

/** A line to a new worker, which starts with the first request. */
export const startLensLine = (): LensLine =>
  new LensLine(() => new Worker(new URL('./lens.worker.ts', import.meta.url)));

/** A line to a new worker, which ends with the component. */
export function useLensLine(): LensLine {
  const line = useRef<LensLine>(null);
  line.current ??= startLensLine();
  const { current } = line;
  useEffect(() => () => current.close(), [current]);
  return current;
}

/** The moments of each run, in order. `sources` must be the same list for the same runs: memoize it. */
export function useMoments(line: LensLine, sources: readonly Source[]): TraceState[] {
  const [traced, setTraced] = useState<{ sources: readonly Source[]; found: TraceState[] }>();
  const [fetching, setFetching] = useState<ModelName | null>(null);
  const runs = useMemo(
    () => sources.flatMap((source) => (source.kind === 'retraceable' ? [source.run] : [])),
    [sources],
  );

  useEffect(() => {
    if (runs.length === 0) return;
    const leaving = new AbortController();
    line.ask({ kind: 'retrace', runs }, leaving.signal, setFetching).then((result) => {
      setFetching(null);
      if (result.kind === 'retraced') setTraced({ sources, found: result.runs });
      if (result.kind === 'failed')
        setTraced({ sources, found: runs.map(() => ({ kind: 'failed', why: result.why })) });
    });
    return () => leaving.abort();
  }, [line, runs, sources]);

  return useMemo(() => {
    const found = traced?.sources === sources ? traced.found.values() : null;
    return sources.map((source): TraceState => {
      if (source.kind === 'none') return source;
      if (source.kind === 'logprobs') return { kind: 'ready', moments: fromLogprobs(source.tokens, source.text) };
      return found?.next().value ?? { kind: 'loading', fetching };
    });
  }, [sources, traced, fetching]);
}

/** A moment of a run, and where the numbers of that run come from. */
export type SourcedMoment = { source: Source; moment: Moment; at: number };

/**
 * What other settings would have made of some moments, in order: null where that is not known (yet). While a slider moves,
 * the last answer stays. `moments` must be the same list for the same moments; `sliders` is null until one is moved.
 */
export function useReshaped(
  line: LensLine,
  moments: readonly SourcedMoment[],
  sliders: Sliders | null,
): (Reshaped | null)[] {
  const [latest, setLatest] = useState<{ moments: readonly SourcedMoment[]; found: (Reshaped | null)[] }>();
  const temperature = sliders?.temperature;
  const top_p = sliders?.top_p;

  useEffect(() => {
    if (temperature === undefined || top_p === undefined) return setLatest(undefined);
    const leaving = new AbortController();
    const moved = { temperature, top_p };
    const traced = moments.flatMap(({ source, at }) =>
      source.kind === 'retraceable' ? [{ run: source.run, at }] : [],
    );
    const show = (found: Iterator<Reshaped | null, undefined>) =>
      setLatest({
        moments,
        found: moments.map(({ source, moment }) =>
          source.kind === 'logprobs' ? estimate(moment, moved) : (found.next().value ?? null),
        ),
      });
    if (traced.length === 0) show([].values());
    else
      line.ask({ kind: 'reshape', places: traced, sliders: moved }, leaving.signal).then((result) => {
        if (result.kind === 'reshaped') show(result.reshaped.values());
      });
    return () => leaving.abort();
  }, [line, moments, temperature, top_p]);

  return latest?.moments === moments ? latest.found : moments.map(() => null);
}

/**
 * What happened inside the network at a choice: the last answer until the next one has come, undefined until the first,
 * null where it cannot be known.
 */
export function useInside(line: LensLine, source: Source, at: number): Inside | null | undefined {
  const [inside, setInside] = useState<Inside | null>();
  useEffect(() => {
    if (source.kind !== 'retraceable') return setInside(null);
    const leaving = new AbortController();
    line.ask({ kind: 'look', place: { run: source.run, at } }, leaving.signal).then((result) => {
      if (result.kind !== 'cancelled') setInside(result.kind === 'looked' ? result.inside : null);
    });
    return () => leaving.abort();
  }, [line, source, at]);
  return inside;
}

/** How the scores of two runs part; undefined until that is known, null where it cannot be. The runs must be the same values: memoize them. */
export function useScoreDrift(
  line: LensLine,
  own: RetraceableRun,
  other: RetraceableRun,
): ScoreDrift | null | undefined {
  const [drift, setDrift] = useState<ScoreDrift | null>();
  useEffect(() => {
    const leaving = new AbortController();
    line.ask({ kind: 'drift', runs: [own, other] }, leaving.signal).then((result) => {
      if (result.kind !== 'cancelled') setDrift(result.kind === 'drifted' ? result.drift : null);
    });
    return () => leaving.abort();
  }, [line, own, other]);
  return drift;
}
