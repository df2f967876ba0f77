'use client';

import { useEffect } from 'react';
import { useDispatch } from './session-context';

/** Ctrl or Cmd+Enter runs from anywhere; while something runs it does nothing, so nothing is spent twice. Esc stops. */
export function useShortcuts(): void {
  const dispatch = useDispatch();
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (document.querySelector('dialog[open]')) return;
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        dispatch({ kind: 'run-asked' });
      }
      if (event.key === 'Escape' && !document.querySelector(':popover-open')) dispatch({ kind: 'stop-asked' });
    }
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [dispatch]);
}
