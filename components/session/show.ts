import type { Shown } from '@/lib/session/effects';
import { shownId } from './ids';

/** Where a part begins, and so much of the window's height, or all of what is lower, is enough to be seen of it. */
const enough = 0.45;

/** Whether what is shown has its place: the reader has done something, or another part is shown. */
let settled = new AbortController();

/**
 * Scrolls to a part of the page once it has been drawn, unless enough of it is on the screen. In a lesson it stays there while others
 * come and grow around it, until the reader does something.
 */
export function show(part: Shown): void {
  setTimeout(async () => {
    const element = await whenThere(shownId(part));
    const stage = element.closest('#tool');
    if (!stage) return bringIntoSight(element);
    // It may have been drawn anew by then.
    const look = () => bringIntoSight(document.getElementById(shownId(part)) ?? element);
    settled.abort();
    settled = new AbortController();
    const { signal } = settled;
    const settling = new ResizeObserver(look);
    for (let around: Element | null = element; around; around = around.parentElement) settling.observe(around);
    // The focus, too, takes the stage elsewhere.
    stage.addEventListener('scroll', look, { passive: true, signal });
    signal.addEventListener('abort', () => settling.disconnect());
    for (const input of ['pointerdown', 'wheel', 'keydown'])
      addEventListener(input, () => settled.abort(), { capture: true, passive: true, signal });
  });
}

/** What is scrolled out of sight in a pane is not on the screen either; an observer knows. */
function bringIntoSight(element: HTMLElement): void {
  const observer = new IntersectionObserver(([seen]) => {
    observer.disconnect();
    if (!seen) return;
    const { intersectionRect, boundingClientRect } = seen;
    const begins = intersectionRect.top - 1 < boundingClientRect.top;
    if (!begins || intersectionRect.height + 1 < Math.min(boundingClientRect.height, enough * innerHeight))
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
