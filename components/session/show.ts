import type { Shown } from '@/lib/session/effects';
import { shownId } from './ids';

/** So much of the window's height, or all of what is lower, is enough to be seen of a part. */
const enough = 0.45;

/**
 * Scrolls to a part of the page once it has been drawn, unless enough of it is on the screen. In a lesson it stays there while others
 * come and grow around it, until the reader does something.
 */
export function show(part: Shown): void {
  setTimeout(async () => {
    const element = await whenThere(shownId(part));
    if (!element.closest('#tool')) return bringIntoSight(element);
    const settling = new ResizeObserver(() => bringIntoSight(element));
    for (let around: Element | null = element; around; around = around.parentElement) settling.observe(around);
    for (const input of ['pointerdown', 'wheel', 'keydown'])
      addEventListener(input, () => settling.disconnect(), { capture: true, passive: true, once: true });
  });
}

/** What is scrolled out of sight in a pane is not on the screen either; an observer knows. */
function bringIntoSight(element: HTMLElement): void {
  const observer = new IntersectionObserver(([seen]) => {
    observer.disconnect();
    if (!seen) return;
    const { intersectionRect, boundingClientRect } = seen;
    if (intersectionRect.height + 1 < Math.min(boundingClientRect.height, enough * innerHeight))
      element.scrollIntoView({ block: 'start' });
  });
  observer.observe(element);
}

/** The element with this id, as soon as there is one: its code may still be on its way. */
function whenThere(id: string): Promise<HTMLElement> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(look);
    observer.observe(document.body, { childList: true, subtree: true });
    look();
    function look(): void {
      const element = document.getElementById(id);
      if (!element) return;
      observer.disconnect();
      resolve(element);
    }
  });
}
