'use client';

import { type ComponentType, lazy, Suspense, useDeferredValue, useEffect } from 'react';
import { onceAwake } from './awake';
import { whenIdle } from './when-idle';

const loads: (() => Promise<unknown>)[] = [];

/** Whether the page has taken over what the server rendered. */
let takenOver = false;

/**
 * A part of the page that its first view does without: its code is loaded when it is first shown, or before, once somebody
 * is there. The server leaves it out; `Meanwhile` stands for it. `load` imports it.
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile: ComponentType<Props> = Nothing,
): ComponentType<Props> {
  const Part = lazy(
    async (): Promise<{ default: ComponentType<Props> }> => ({ default: await load().catch(() => NotLoaded) }),
  );
  loads.push(load);
  return (props) =>
    // Not on the server, and in the first view only after all else, a little at a time.
    useDeferredValue(true, takenOver) ? (
      <Suspense fallback={<Meanwhile {...props} />}>
        <Part {...props} />
      </Suspense>
    ) : (
      <Meanwhile {...props} />
    );
}

const Nothing = () => null;

function NotLoaded() {
  return <p>This part of the page could not be loaded. Reload the page to try again.</p>;
}

/**
 * Loads what may be shown later, one part after the other while the page is idle, once somebody is there. Sooner it would be in the way
 * of what the page begins with.
 */
export function useLoadWhenIdle(): void {
  useEffect(() => {
    takenOver = true;
    return onceAwake(() => loadFrom(0));
  }, []);
}

function loadFrom(at: number): void {
  const load = loads[at];
  if (load)
    whenIdle(
      () =>
        void load()
          .finally(() => loadFrom(at + 1))
          .catch(() => undefined),
    );
}
