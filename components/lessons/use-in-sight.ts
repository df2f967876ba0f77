import { type RefObject, useEffect, useRef } from 'react';

/** Scrolls to an element no further than needed, each time that what it says changes. */
export function useInSight<Of extends HTMLElement>(says: unknown): RefObject<Of | null> {
  const element = useRef<Of>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it says is why it is scrolled to
  useEffect(() => {
    void element.current?.scrollIntoView({ block: 'nearest' });
  }, [says]);
  return element;
}
