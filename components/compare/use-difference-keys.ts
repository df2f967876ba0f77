'use client';

import { useEffect, useEffectEvent } from 'react';

/** F7 goes to the next marked place, Shift+F7 to the one before. `go` returns whether there is one. */
export function useDifferenceKeys(go: (step: 1 | -1) => boolean): void {
  const listen = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'F7' || document.querySelector('dialog[open]')) return;
    if (go(event.shiftKey ? -1 : 1)) event.preventDefault();
  });
  useEffect(() => {
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
