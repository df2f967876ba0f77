'use client';

import { useDeferredValue, useEffect, useRef } from 'react';
import { laterApi } from '@/components/api/later-api';
import { whenIdle } from '@/components/ui/when-idle';
import { providerKeys } from '@/lib/session/own-keys';
import { useDispatch, useSession } from './session-context';

/** How long after a server that did not answer is asked again. */
const againMs = 10_000;

/**
 * Finds out which providers and models the server offers, and after each experiment what it has seen of them since. Those for which there
 * is a key of the visitor's are asked with that.
 */
export function useModels(): void {
  const dispatch = useDispatch();
  const running = useSession(({ on }) => on.experiment.running);
  const ownKeys = useSession((session) => session.ownKeys);
  const asked = useRef(false);
  const takenOver = useDeferredValue(true, false);
  useEffect(() => {
    if (!takenOver || (running && asked.current)) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function ask(): Promise<void> {
      const answer = await laterApi.models(providerKeys(ownKeys));
      if (left) return;
      asked.current = true;
      if (answer.ok) return dispatch({ kind: 'models-known', providers: answer.value.providers });
      dispatch({ kind: 'models-missed' });
      timer = setTimeout(ask, againMs);
    }
    // What changes in the session while the page takes over has React draw at once all that is still to be drawn: so not before
    // what comes at once after the first view is there (ui/later.tsx), and its code.
    whenIdle(() => left || void ask());
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [dispatch, running, ownKeys, takenOver]);
}
