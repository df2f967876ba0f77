'use client';

import useSWR from 'swr';
import { z } from 'zod';
import type { Drift } from '@/lib/compare/measure/drift';
import type { Experiment } from '@/lib/run/fold';
import type { SavedHead } from '@/lib/run/saved';
import type { Opened } from './opened';

const Dot = z.object({ run: z.number(), letter: z.string().nullable(), why: z.string().nullable() });
const Row = z.object({
  id: z.string(),
  createdAt: z.string(),
  dots: z.array(Dot),
  fingerprints: z.array(z.string().nullable()),
});
const Band = z.object({ fingerprint: z.string().nullable(), from: z.number(), to: z.number() });
const Replays = z.object({
  drift: z.object({ rows: z.array(Row), letters: z.number(), bands: z.array(Band), sentence: z.string() }).nullable(),
});

/** The drift timeline of an experiment's recipe, asked for again when a run of it is over. */
export function useDrift(experiment: Experiment, head: SavedHead | null, opened: Opened): Drift | null {
  const key = head && !experiment.running ? `/api/experiments/${experiment.id}/replays` : null;
  const initial = opened.kind === 'saved' && opened.experiment.id === experiment.id ? opened.drift : undefined;
  const { data } = useSWR(key, async (path: string) => Replays.parse(await (await fetch(path)).json()).drift, {
    fallbackData: initial,
    revalidateOnFocus: false,
    keepPreviousData: false,
  });
  return data ?? null;
}
