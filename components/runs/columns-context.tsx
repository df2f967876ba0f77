'use client';

import { createContext, use } from 'react';
import type { Fold, Place } from '@/lib/compare/align/marks';
import type { Card } from '@/lib/compare/cards';
import type { SideBySide } from '@/lib/compare/side-by-side';
import type { PlaybackStep } from '@/lib/run/fold';

/** What the columns of an experiment have in common. */
export type Columns = {
  fork: SideBySide['fork'];
  folds: readonly Fold[];
  /** the place that the reader has gone to */
  current: Place | null;
  baselineRun: number | null;
  /** by run, the first run with the very same reasoning */
  sameReasoning: ReadonlyMap<number, number>;
  /** whether any of the runs shown goes on, and whether that is a playback */
  running: boolean;
  playback: PlaybackStep | undefined;
  /** by run, the card that its column can be folded into */
  cardOf: ReadonlyMap<number, Card>;
  /** whether a card is laid out as columns, even where they do not fit */
  isApart: (card: Card) => boolean;
  fold: (card: Card) => void;
  unfold: (card: Card) => void;
};

export const ColumnsContext = createContext<Columns | null>(null);

export function useColumns(): Columns {
  const columns = use(ColumnsContext);
  if (!columns) throw new Error('A run’s column stands in a view of columns.');
  return columns;
}
