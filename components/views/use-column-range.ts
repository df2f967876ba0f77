import { type RefObject, useEffect, useState } from 'react';
import { type ColumnRange, isSame, nextTowards, rangeOf } from './column-range';

/** Until the scroller has been measured, as on the server. */
const usualWidth = 1440;

/** From which to before which of equally wide columns are drawn: those in sight of a scroller, a few more with each frame. */
export function useColumnRange(scroller: RefObject<HTMLElement | null>, step: number): ColumnRange {
  const [first] = useState<ColumnRange>({ from: 0, to: Math.ceil(usualWidth / step) });
  const [range, setRange] = useState(first);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let [drawn, frame] = [first, 0];
    const draw = () => {
      const wanted = rangeOf(element.scrollLeft, element.clientWidth, step);
      frame = 0;
      if (isSame(drawn, wanted)) return;
      drawn = nextTowards(drawn, wanted);
      setRange(drawn);
      look();
    };
    const look = () => {
      frame ||= requestAnimationFrame(draw);
    };
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, step, first]);
  return range;
}
