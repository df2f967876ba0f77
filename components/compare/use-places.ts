'use client';

import { useDispatch, useSession } from '@/components/session/session-context';
import type { Place } from '@/lib/compare/align/marks';

/** The places where columns are marked, and which of them somebody has gone to. */
export type Places = {
  all: readonly Place[];
  /** -1 for none */
  index: number;
  current: Place | null;
  goTo: (index: number) => void;
  /** goes to the next or the one before, round and round; tells whether there is one */
  step: (direction: 1 | -1) => boolean;
};

/** Goes from place to place. Which one it is, is known by where it lies, since places change with what they are held against. */
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
