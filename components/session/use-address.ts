'use client';

import { useEffect } from 'react';
import { views } from '@/lib/compare/results';
import { useDispatch } from './session-context';
import { isShown, openOther } from './shown-path';

/**
 * Reads the address: the view and a recipe, when the page is opened and when another such link is pasted over it. Whoever goes
 * back to what was on the screen before finds it as a page that is opened.
 */
export function useAddress(): void {
  const dispatch = useDispatch();
  useEffect(() => {
    async function openFragment(): Promise<void> {
      if (location.hash === '' || !isShown()) return;
      const { fragmentToRecipe } = await import('@/lib/recipe/link');
      const opened = await fragmentToRecipe(location.hash);
      if (opened.ok) dispatch({ kind: 'recipe-opened', recipe: opened.value });
      else if (opened.error.kind !== 'not-a-link') dispatch({ kind: 'recipe-refused', fault: opened.error });
    }
    async function mount(): Promise<void> {
      // First: from then on the address is written, over whatever it says.
      await openFragment();
      const named = new URLSearchParams(location.search).get('view');
      dispatch({
        kind: 'mounted',
        reducedMotion: window.matchMedia('(prefers-reduced-motion: reduce)').matches,
        view: views.find((view) => view === named) ?? null,
      });
    }
    openOther();
    void mount();
    window.addEventListener('popstate', openOther);
    window.addEventListener('pageshow', openOther); // it may have been kept as it was, and be shown for another address
    window.addEventListener('hashchange', openFragment);
    return () => {
      window.removeEventListener('popstate', openOther);
      window.removeEventListener('pageshow', openOther);
      window.removeEventListener('hashchange', openFragment);
    };
  }, [dispatch]);
}
