'use client';

import useSWR from 'swr';
import type { Drift } from '@/lib/api/drift';
import { ReplaysResponse } from '@/lib/api/experiment';
import type { Experiment } from '@/lib/run/fold';
import type { SavedHead } from '@/lib/run/saved';
import type { Opened } from './opened';

/** The drift timeline of an experiment's recipe, asked for again when a run of it is over. */
export function useDrift(experiment: Experiment, head: SavedHead | null, opened: Opened): Drift | null {
  const key = head && !experiment.running ? `/api/experiments/${experiment.id}/replays` : null;
  const initial = opened.kind === 'saved' && opened.experiment.id === experiment.id ? opened.drift : undefined;
  const { data } = useSWR(key, async (path: string) => ReplaysResponse.parse(await (await fetch(path)).json()).drift, {
    fallbackData: initial,
    revalidateOnFocus: false,
    keepPreviousData: false,
  });
  return data ?? null;
}
