'use client';

import { useEffect } from 'react';
import type { View } from '@/lib/compare/results';
import { recipeToFragment } from '@/lib/recipe/link';
import type { Recipe } from '@/lib/recipe/recipe';
import { lastingParts } from './link-options';

type Address = {
  /** whether the page has an address of its own, that it keeps whatever is on the screen */
  fixed: boolean;
  view: View;
  /** the experiment on the screen; null for the example */
  id: string | null;
  /** whether the form asks for something else than what is on the screen */
  edited: boolean;
  /** what the form asks for; null while it cannot be read */
  recipe: Recipe | null;
};

/** Typing is written to the address after a pause of this long. */
const pauseMs = 300;

/**
 * Keeps the address true: the permalink while its experiment is on the screen, the draft as a recipe link as soon as it is
 * edited, the bare page for the untouched example. What a link hides or locks stays in it.
 */
export function useAddress({ fixed, id, view, edited, recipe }: Address): void {
  const draft = edited && recipe ? JSON.stringify(recipe) : null;
  useEffect(() => {
    const parts = [...(view === 'columns' ? [] : [`view=${view}`]), ...lastingParts(location.search)];
    const query = parts.length > 0 ? `?${parts.join('&')}` : '';
    if (fixed) {
      replace(location.pathname + query);
      return;
    }
    if (!edited) {
      replace((id === null ? '/' : `/e/${id}`) + query);
      return;
    }
    if (location.pathname !== '/') replace(`/${query}`);
    if (draft === null) return;
    let current = true;
    const timer = setTimeout(async () => {
      const fragment = await recipeToFragment(JSON.parse(draft));
      if (current) replace(`/${query}#${fragment}`);
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [fixed, id, view, edited, draft]);
}

function replace(address: string): void {
  if (location.pathname + location.search + location.hash === address) return;
  history.replaceState(null, '', address);
}
