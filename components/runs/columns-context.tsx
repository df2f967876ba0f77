'use client';

import { createContext, use } from 'react';
import type { Fold, Place } from '@/lib/compare/align/marks';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { PlaybackStep } from '@/lib/run/fold';

/** What the columns of an experiment have in common. */
export type Columns = {
  fork: SideBySide['fork'];
  folds: readonly Fold[];
  /** the place that the reader has gone to */
  current: Place | null;
  /** whether a text that an earlier run has too is hidden until the reader asks for it */
  terse: boolean;
  baselineRun: number | null;
  /** by run, the first run with the very same reasoning */
  sameReasoning: ReadonlyMap<number, number>;
  /** whether any of the runs shown goes on, and whether that is a playback */
  running: boolean;
  playback: PlaybackStep | undefined;
};

export const ColumnsContext = createContext<Columns | null>(null);

export function useColumns(): Columns {
  const columns = use(ColumnsContext);
  if (!columns) throw new Error('A run’s column stands in a view of columns.');
  return columns;
}
