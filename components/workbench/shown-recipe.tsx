import type { ReactNode } from 'react';
import { useSession } from '@/components/session/session-context';
import { SavedActions } from '@/components/share/saved-bar';
import { later } from '@/components/ui/later';
import { experimentOf } from '@/lib/session/select';
import { useLinkOptions } from './use-link-options';

const ShownAsked = later(() => import('./shown-asked').then((shown) => shown.ShownAsked));

/** The recipe of an experiment to read, as the server rendered it unless the link hides some of it, and how to take it over. */
export function ShownRecipe({ initial }: { initial: ReactNode }) {
  const { recipe } = useSession(experimentOf);
  const { hide } = useLinkOptions();
  return (
    <section aria-labelledby="recipe-heading" className="flex flex-col gap-3 rounded-md border border-hairline p-3">
      <h2 id="recipe-heading" className="font-semibold text-lg">
        Recipe
      </h2>
      {initial && hide.size === 0 ? initial : <ShownAsked recipe={recipe} hide={hide} />}
      <SavedActions />
    </section>
  );
}
