'use client';

import { useEffect, useState } from 'react';
import { laterApi } from '@/components/api/later-api';
import type { ExperimentResponse } from '@/lib/api/experiment';
import type { SavedExperiment, SavedHead } from '@/lib/run/saved';

/** A stored experiment that is fetched by the page, with the one that it repeats. */
export type Fetched =
  | { kind: 'unasked' | 'fetching' | 'failed' }
  | { kind: 'here'; saved: SavedExperiment; parent: SavedExperiment | null };

/** Fetches an experiment once the page has come, and again when that is asked for. */
export function useFetched({ id, parent }: SavedHead): { fetched: Fetched; again: () => void } {
  const [fetched, setFetched] = useState<Fetched>({ kind: 'unasked' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is fetched again when that is asked for
  useEffect(() => {
    let left = false;
    setFetched({ kind: 'fetching' });
    void fetchAll(id, parent).then((all) => {
      if (!left) setFetched(all);
    });
    return () => {
      left = true;
    };
  }, [id, parent, attempt]);
  return { fetched, again: () => setAttempt(attempt + 1) };
}

async function fetchAll(id: string, parent: string | null): Promise<Fetched> {
  const [saved, repeated] = await Promise.all([
    laterApi.experiment(id),
    parent === null ? null : laterApi.experiment(parent),
  ]);
  if (!saved.ok || (repeated && !repeated.ok)) return { kind: 'failed' };
  return { kind: 'here', saved: withoutFindings(saved.value), parent: repeated && withoutFindings(repeated.value) };
}

const withoutFindings = ({
  own: _,
  recipeHash: __,
  comparison: ___,
  replay: ____,
  probe: _____,
  ...saved
}: ExperimentResponse): SavedExperiment => saved;
