import { laterApi } from '@/components/api/later-api';
import type { FocusTarget } from '@/lib/session/effects';
import type { World } from '@/lib/session/runner';
import { fieldId, lessonStepId, shownId } from './ids';

/** The world of a session on a page. */
export const browserWorld = (): World => ({
  api: laterApi,
  wait,
  now: () => new Date().toISOString(),
  writeAddress: (address) => void import('./write-address').then((loaded) => loaded.writeAddress(address), ignore),
  focus,
  show: (part) => void import('./show').then((shown) => shown.show(part), ignore),
  holdKeys: (keys) => void import('./held-keys').then((held) => held.holdKeys(keys)),
});

/** An address that cannot be written, and a part that is not scrolled to, are what a page does without. */
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

function idOf(target: FocusTarget): string {
  if (target.kind === 'results') return shownId('results');
  return target.kind === 'field' ? fieldId(target.field) : lessonStepId(target.step);
}
