import { type RefObject, useEffect, useState } from 'react';

/** Columns on either side of those in sight, so that scrolling seldom uncovers one that is not there yet. */
const beside = 2;
/** Until the scroller has been measured, as on the server. */
const usualWidth = 1440;

/**
 * From which to before which of equally wide columns those in sight of a scroller are. `step` is a column with its gap. At first
 * there are none beside them, so that they are drawn in two tasks.
 */
export function useInSight(scroller: RefObject<HTMLElement | null>, step: number): { from: number; to: number } {
  const [range, setRange] = useState({ from: 0, to: Math.ceil(usualWidth / step) });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => {
      const next = rangeOf(element.scrollLeft, element.clientWidth, step);
      setRange((before) => (before.from === next.from && before.to === next.to ? before : next));
    };
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, step]);
  return range;
}

const rangeOf = (left: number, width: number, step: number): { from: number; to: number } => ({
  from: Math.max(0, Math.floor(left / step) - beside),
  to: Math.ceil((left + width) / step) + beside,
});
