import { useEffect, useState } from 'react';
import { whenIdle } from '@/components/ui/when-idle';
import { pages } from '@/lib/api/addresses';
import type { Recipe } from '@/lib/recipe/recipe';

/** The address of the workbench with a recipe in its form, a path; the workbench alone until it has been worked out. */
export function useDraftAddress(recipe: Recipe): string {
  const [address, setAddress] = useState(pages.home);
  useEffect(() => {
    let current = true;
    // Nobody follows it before the page is there.
    whenIdle(async () => {
      const { recipeToFragment } = await import('@/lib/recipe/link');
      const fragment = await recipeToFragment(recipe);
      if (current) setAddress(pages.draft(fragment));
    });
    return () => {
      current = false;
    };
  }, [recipe]);
  return address;
}
