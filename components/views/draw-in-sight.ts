import { type RefObject, useEffect, useRef } from 'react';
import { isSame, nextTowards, placesIn, rangeOf } from './column-range';

type DrawInSightProps = {
  scroller: RefObject<HTMLElement | null>;
  /** the width of a column with its gap, in pixels */
  step: number;
  /** how many are drawn at first */
  first: number;
  /** on paper all are drawn, side by side and below each other; after it the scroller is where it was */
  printing: boolean;
  /** takes the places of the columns that are to be drawn, from 0 */
  onDraw: (places: readonly number[]) => void;
};

/** Has those columns drawn that are in sight of a scroller, a few more with each frame, and those that the reader holds. */
export function DrawInSight({ scroller, step, first, printing, onDraw }: DrawInSightProps): null {
  const shown = useRef({ left: 0, drawn: { from: 0, to: first } });
  useEffect(() => {
    const element = scroller.current;
    if (!element || printing) return;
    const now = shown.current;
    let frame = 0;
    const draw = () => {
      now.left = element.scrollLeft;
      const wanted = rangeOf(now.left, element.clientWidth, step);
      frame = 0;
      if (isSame(now.drawn, wanted)) return;
      now.drawn = nextTowards(now.drawn, wanted);
      onDraw(placesIn(now.drawn, heldIn(element)));
      look();
    };
    const look = () => {
      frame ||= requestAnimationFrame(draw);
    };
    if (now.left > 0) element.scrollLeft = now.left;
    element.addEventListener('scroll', look, { passive: true });
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', look);
      resized.disconnect();
    };
  }, [scroller, step, printing, onDraw]);
  return null;
}

/** The places of columns in which the focus is, or a selection begins or ends: out of sight they stay, so that it does. */
function heldIn(scroller: HTMLElement): number[] {
  const selection = document.getSelection();
  const selected = selection && !selection.isCollapsed ? [selection.anchorNode, selection.focusNode] : [];
  return [document.activeElement, ...selected].flatMap((node) => {
    const column = (node instanceof Element ? node : node?.parentElement)?.closest<HTMLElement>('[data-place]');
    return column && scroller.contains(column) ? [Number(column.dataset.place)] : [];
  });
}
