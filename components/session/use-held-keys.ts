'use client';

import { useEffect } from 'react';
import { useDispatch } from './session-context';

/** Takes in the keys that the visitor has entered before, in this tab. */
export function useHeldKeys(): void {
  const dispatch = useDispatch();
  useEffect(() => {
    void import('./held-keys').then(({ heldKeys }) => {
      const keys = heldKeys();
      if (Object.keys(keys).length > 0) dispatch({ kind: 'own-keys-held', keys });
    });
  }, [dispatch]);
}
