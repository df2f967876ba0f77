import { useEffect, useState } from 'react';
import { pages } from '@/lib/api/addresses';
import type { Recipe } from '@/lib/recipe/recipe';

/** The address of the workbench with a recipe in its form, a path; the workbench alone until it has been worked out. */
export function useDraftAddress(recipe: Recipe): string {
  const [address, setAddress] = useState(pages.home);
  useEffect(() => {
    let current = true;
    void import('@/lib/recipe/link')
      .then(({ recipeToFragment }) => recipeToFragment(recipe))
      .then((fragment) => current && setAddress(pages.draft(fragment)));
    return () => {
      current = false;
    };
  }, [recipe]);
  return address;
}
