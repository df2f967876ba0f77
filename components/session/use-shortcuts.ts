'use client';

import { useEffect } from 'react';
import { useCommands } from '@/components/ui/commands';
import { isRunning } from '@/lib/session/select';
import { useDispatch, useSession } from './session-context';

/**
 * Ctrl or Cmd+Enter runs from anywhere; while something runs it does nothing, so nothing is spent twice. Esc stops. Either is
 * a command, too.
 */
export function useShortcuts(): void {
  const dispatch = useDispatch();
  const running = useSession(isRunning);
  useCommands(() => [
    running
      ? { name: 'Stop', group: 'This page', run: () => dispatch({ kind: 'stop-asked' }) }
      : { name: 'Run', group: 'This page', run: () => dispatch({ kind: 'run-asked' }) },
  ]);
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
