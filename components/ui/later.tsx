'use client';

import { type ComponentType, lazy, Suspense, useEffect, useSyncExternalStore } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/**
 * A part of the page that its first view does without: its code is loaded when it is first shown, or before, once the page
 * is idle. The server leaves it out. `load` imports it.
 */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Part = lazy(
    async (): Promise<{ default: ComponentType<Props> }> => ({ default: await load().catch(() => NotLoaded) }),
  );
  loads.push(load);
  return (props) =>
    useSyncExternalStore(never, inBrowser, onServer) && (
      <Suspense fallback={null}>
        <Part {...props} />
      </Suspense>
    );
}

/** False on the server, and until the page has taken over what that has rendered. */
const inBrowser = () => true;
const onServer = () => false;
const never = () => () => undefined;

function NotLoaded() {
  return <p>This part of the page could not be loaded. Reload the page to try again.</p>;
}

/** Loads what may be shown later, one part after the other, once the page is idle. */
export function useLoadWhenIdle(): void {
  useEffect(() => {
    // Safari has no idle callbacks.
    const whenIdle = window.requestIdleCallback ?? ((run: () => void) => window.setTimeout(run, 1000));
    const loadFrom = (at: number): void => {
      const load = loads[at];
      if (load)
        whenIdle(
          () =>
            void load()
              .finally(() => loadFrom(at + 1))
              .catch(() => undefined),
        );
    };
    loadFrom(0);
  }, []);
}
