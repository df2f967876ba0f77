import { type KeyboardEvent, useEffect, useRef } from 'react';

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 };

/**
 * Many buttons as one stop of the Tab key: arrow keys go from one to the next, Home and End to the first and last. The
 * button at `at` has the stop; each button is given `tabIndex` and `data-place` by `stop`.
 */
export function useRoving(at: number, count: number, onMove: (at: number) => void) {
  const container = useRef<HTMLElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    if (moved.current) container.current?.querySelector<HTMLElement>(`[data-place="${at}"]`)?.focus();
    moved.current = false;
  }, [at]);
  const ends: Record<string, number> = { Home: 0, End: count - 1 };
  const onKeyDown = (event: KeyboardEvent) => {
    const to = ends[event.key] ?? at + (steps[event.key] ?? 0);
    if (to === at || to < 0 || to >= count) return;
    event.preventDefault();
    moved.current = true;
    onMove(to);
  };
  return { container, onKeyDown, stop: (place: number) => ({ tabIndex: place === at ? 0 : -1, 'data-place': place }) };
}
