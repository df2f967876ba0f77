import { type RefObject, useEffect } from 'react';

const boxes = '[data-column-text]';
const stretches = '[data-base]';

type AlignedScrollProps = {
  scroller: RefObject<HTMLElement | null>;
  /** the offset in the baseline of the place that the reader has gone to */
  from: number | null;
};

/**
 * Scrolls the columns' texts together: when one is scrolled, the others come to show the same place of the baseline at
 * their top, wherever in them that is. All of them go to where the reader goes.
 */
export function AlignedScroll({ scroller, from }: AlignedScrollProps): null {
  useAlignedScroll(scroller);
  useEffect(() => {
    if (from === null || !scroller.current) return;
    scrollToBase(scroller.current, from);
    scroller.current.scrollIntoView({ block: 'nearest' });
    // What led here has gone with its view.
    if (document.activeElement === document.body) scroller.current.focus({ preventScroll: true });
  }, [scroller, from]);
  return null;
}

function useAlignedScroll(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    if (!element) return;
    // A box that has been scrolled along fires the same event, and must not become the leader.
    const scrolledAlong = new WeakMap<Element, number>();
    let frame = 0;
    const follow = (event: Event) => {
      const leader = event.target;
      if (!(leader instanceof HTMLElement) || !leader.matches(boxes)) return;
      if (scrolledAlong.get(leader) === Math.round(leader.scrollTop)) return;
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const base = baseAt(leader);
        for (const box of element.querySelectorAll<HTMLElement>(boxes)) {
          if (box === leader) continue;
          box.scrollTop = topOf(box, base);
          scrolledAlong.set(box, Math.round(box.scrollTop));
        }
      });
    };
    element.addEventListener('scroll', follow, { capture: true, passive: true });
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', follow, { capture: true });
    };
  }, [container]);
}

/** Scrolls every column so that a place of the baseline is a third of the way down. */
function scrollToBase(container: HTMLElement, base: number): void {
  for (const box of container.querySelectorAll<HTMLElement>(boxes))
    box.scrollTop = topOf(box, base) - box.clientHeight / 3;
}

/**
 * Where a stretch begins: `top` in pixels from the text's top, `base` as an offset in the baseline. The last one is the
 * text's end.
 */
type Anchor = { top: number; base: number };

function anchorsOf(box: HTMLElement): Anchor[] {
  const anchors = [...box.querySelectorAll<HTMLElement>(stretches)].map((stretch) => ({
    top: stretch.offsetTop,
    base: Number(stretch.dataset.base),
  }));
  const last = [...box.querySelectorAll<HTMLElement>(stretches)].at(-1);
  const end = Number(last?.dataset.base ?? 0) + (last?.textContent.length ?? 0);
  return [...anchors, { top: box.scrollHeight, base: end }];
}

function baseAt(box: HTMLElement): number {
  return between(anchorsOf(box), 'top', 'base', box.scrollTop);
}

function topOf(box: HTMLElement, base: number): number {
  return between(anchorsOf(box), 'base', 'top', base);
}

/** Interpolates between the anchors: the value on the `to` axis for one on the `from` axis. */
function between(anchors: readonly Anchor[], from: keyof Anchor, to: keyof Anchor, value: number): number {
  const at = anchors.findLastIndex((anchor) => anchor[from] <= value);
  const [before, after] = [anchors[at], anchors[at + 1]];
  if (!before) return 0;
  if (!after || after[from] === before[from]) return before[to];
  const share = (value - before[from]) / (after[from] - before[from]);
  return before[to] + share * (after[to] - before[to]);
}
