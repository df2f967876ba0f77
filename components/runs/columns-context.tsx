'use client';

import { createContext, use } from 'react';
import type { Fold, Place } from '@/lib/compare/align/marks';
import type { FingerprintState } from '@/lib/compare/measure/fingerprints';
import type { SideBySide } from '@/lib/compare/side-by-side';

/** What the columns of an experiment have in common. */
export type Columns = {
  fork: SideBySide['fork'];
  folds: readonly Fold[];
  /** the place that somebody has gone to */
  current: Place | null;
  /** whether a text that another run has too is left out until it is asked for */
  terse: boolean;
  baselineRun: number | null;
  fingerprints: FingerprintState;
  /** whether runs go on: of all that is shown */
  running: boolean;
};

export const ColumnsContext = createContext<Columns | null>(null);

export function useColumns(): Columns {
  const columns = use(ColumnsContext);
  if (!columns) throw new Error('A run’s column stands in a view of columns.');
  return columns;
}
