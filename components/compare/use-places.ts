'use client';

import { useDispatch, useSession } from '@/components/session/session-context';
import type { Place } from '@/lib/compare/align/marks';

/** The places where columns are marked, and which of them the reader has gone to. */
export type Places = {
  all: readonly Place[];
  /** -1 for none */
  index: number;
  current: Place | null;
  goTo: (index: number) => void;
  /** goes to the next place or the one before, from the last to the first and back; returns whether there is one */
  step: (direction: 1 | -1) => boolean;
};

/** Goes from place to place. The current one is remembered by its offset, since places change with the baseline. */
export function usePlaces(all: readonly Place[]): Places {
  const dispatch = useDispatch();
  const offset = useSession(({ place }) => place);
  const index = all.findIndex(({ from, to }) => offset !== null && from <= offset && offset <= to);
  function goTo(next: number): void {
    const place = all[next];
    if (place) dispatch({ kind: 'went-to', offset: place.from });
  }
  function step(direction: 1 | -1): boolean {
    const first = direction > 0 ? 0 : all.length - 1;
    goTo(index < 0 ? first : (index + direction + all.length) % all.length);
    return all.length > 0;
  }
  return { all, index, current: all[index] ?? null, goTo, step };
}
