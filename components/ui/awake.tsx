'use client';

import { type ReactNode, useDeferredValue, useSyncExternalStore } from 'react';

/** Of somebody who may want more than the page shows at first; "toggle": something has been opened. */
const signs = ['pointermove', 'pointerdown', 'keydown', 'scroll', 'toggle'];
/** In milliseconds. By then who has opened the page reads it. */
const withoutSignMs = 5000;

let awake: boolean | undefined;
const waiting = new Set<() => void>();

/** Calls a function once there is a sign of somebody there, or after a while. The function returned calls it off. */
export function onceAwake(wake: () => void): () => void {
  if (awake === undefined) watch();
  waiting.add(wake);
  if (awake) begin();
  return () => waiting.delete(wake);
}

function watch(): void {
  awake = navigator.userActivation.hasBeenActive; // something may have been pressed before any script was at work
  for (const sign of signs) window.addEventListener(sign, begin, { once: true, capture: true, passive: true });
  setTimeout(begin, withoutSignMs);
}

function begin(): void {
  awake = true;
  for (const wake of waiting) {
    waiting.delete(wake);
    wake();
  }
}

/** What stands behind something that must be pressed first: it is drawn once somebody is there, a little at a time. */
export function WhenAwake({ children }: { children: ReactNode }) {
  const somebody = useSyncExternalStore(
    onceAwake,
    () => awake ?? false,
    () => false,
  );
  return useDeferredValue(somebody) && children;
}
