'use client';

import { useEffect, useMemo, useRef, useState } from 'react';
import type { LensFailure } from '@/lib/lens/lens';
import { fromLogprobs } from '@/lib/lens/logprobs';
import type { Moment } from '@/lib/lens/moment';
import { estimate, type Reshaped, type Sliders } from '@/lib/lens/reshape';
import type { Source } from '@/lib/lens/source';
import { LensLine } from './lens-line';

/** The moments of one run, or why it has none. */
export type RunMoments =
  | { state: 'loading' }
  | { state: 'ready'; moments: Moment[] }
  | { state: 'none' }
  | { state: 'failed'; why: LensFailure };

/** A line to a worker of its own, that is ended with the component. */
export function useLensLine(): LensLine {
  const line = useRef<LensLine>(null);
  line.current ??= new LensLine(() => new Worker(new URL('./lens.worker.ts', import.meta.url)));
  const { current } = line;
  useEffect(() => () => current.close(), [current]);
  return current;
}

/** The moments of each run, in order. `sources` must be the same list for the same runs: memoize it. */
export function useMoments(line: LensLine, sources: readonly Source[]): RunMoments[] {
  const [traced, setTraced] = useState<{ sources: readonly Source[]; found: RunMoments[] }>();
  const runs = useMemo(() => sources.flatMap((source) => (source.kind === 'seedling' ? [source.run] : [])), [sources]);

  useEffect(() => {
    if (runs.length === 0) return;
    const leaving = new AbortController();
    line.ask({ kind: 'retrace', runs }, leaving.signal).then((result) => {
      if (result.kind === 'retraced') setTraced({ sources, found: result.moments.map(toRunMoments) });
      if (result.kind === 'failed')
        setTraced({ sources, found: runs.map(() => ({ state: 'failed', why: result.why })) });
    });
    return () => leaving.abort();
  }, [line, runs, sources]);

  return useMemo(() => {
    const found = traced?.sources === sources ? traced.found.values() : null;
    return sources.map((source): RunMoments => {
      if (source.kind === 'none') return { state: 'none' };
      if (source.kind === 'logprobs') return { state: 'ready', moments: fromLogprobs(source.tokens, source.text) };
      return found?.next().value ?? { state: 'loading' };
    });
  }, [sources, traced]);
}

const toRunMoments = (moments: Moment[] | null): RunMoments =>
  moments ? { state: 'ready', moments } : { state: 'none' };

/** One place of one run, as the lens shows it. */
export type Place = { source: Source; moment: Moment; at: number };

/**
 * What other settings would have made of some places, in order: null where that is not known (yet). While a slider moves
 * the last answer stays. `places` must be the same list for the same places; `sliders` null stands for none moved.
 */
export function useReshaped(line: LensLine, places: readonly Place[], sliders: Sliders | null): (Reshaped | null)[] {
  const [latest, setLatest] = useState<{ places: readonly Place[]; found: (Reshaped | null)[] }>();
  const temperature = sliders?.temperature;
  const top_p = sliders?.top_p;

  useEffect(() => {
    if (temperature === undefined || top_p === undefined) return setLatest(undefined);
    const leaving = new AbortController();
    const moved = { temperature, top_p };
    const traced = places.flatMap(({ source, at }) => (source.kind === 'seedling' ? [{ run: source.run, at }] : []));
    const show = (found: Iterator<Reshaped | null, undefined>) =>
      setLatest({
        places,
        found: places.map(({ source, moment }) =>
          source.kind === 'logprobs' ? estimate(moment, moved) : (found.next().value ?? null),
        ),
      });
    if (traced.length === 0) show([].values());
    else
      line.ask({ kind: 'reshape', places: traced, sliders: moved }, leaving.signal).then((result) => {
        if (result.kind === 'reshaped') show(result.reshaped.values());
      });
    return () => leaving.abort();
  }, [line, places, temperature, top_p]);

  return latest?.places === places ? latest.found : places.map(() => null);
}
