import { laterApi } from '@/components/api/later-api';
import type { FocusTarget, Shown } from '@/lib/session/effects';
import type { World } from '@/lib/session/runner';
import { fieldId, lessonStepId, shownId } from './ids';

/** The world of a session on a page. */
export const browserWorld = (): World => ({
  api: laterApi,
  wait,
  now: () => new Date().toISOString(),
  writeAddress: (address) => void import('./write-address').then((loaded) => loaded.writeAddress(address), ignore),
  focus,
  show,
  holdKeys: (keys) => void import('./held-keys').then((held) => held.holdKeys(keys)),
});

/** An address that cannot be written is the one thing that a page does without. */
const ignore = () => undefined;

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

/** Moves the focus once its target has been drawn. */
function focus(target: FocusTarget): void {
  const id = idOf(target);
  setTimeout(() => {
    document.getElementById(id)?.focus();
  });
}

/** Scrolls to a part of the page once it has been drawn, unless enough of it is on the screen already. */
function show(part: Shown): void {
  setTimeout(async () => {
    const element = await whenThere(shownId(part));
    const { top, bottom } = element.getBoundingClientRect();
    const onScreen = Math.min(bottom, innerHeight) - Math.max(top, 0);
    if (onScreen < 0.4 * innerHeight) element.scrollIntoView({ block: 'start' });
  });
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

function idOf(target: FocusTarget): string {
  if (target.kind === 'results') return shownId('results');
  return target.kind === 'field' ? fieldId(target.field) : lessonStepId(target.step);
}
