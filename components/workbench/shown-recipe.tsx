import { SavedActions } from '@/components/share/saved-bar';
import { readFirst } from '@/components/ui/later';

const Asked = readFirst(() => import('./shown-asked').then((shown) => shown.ShownAsked));

/** The recipe of an experiment to read, and how to take it over. */
export function ShownRecipe() {
  return (
    <section aria-labelledby="recipe-heading" className="flex flex-col gap-3 rounded-md border border-hairline p-3">
      <h2 id="recipe-heading" className="font-semibold text-lg">
        Recipe
      </h2>
      <Asked />
      <SavedActions />
    </section>
  );
}
