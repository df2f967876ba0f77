import { resultsOf } from '@/lib/compare/result-steps';
import { defaultViewSettings } from '@/lib/compare/results';
import type { Exhibit, RanExhibit } from '@/lib/gallery/exhibit';
import { recipeToFragment } from '@/lib/recipe/link';
import { runExample } from './run-example';

/** Runs an exhibit to its end, and compares its runs as it opens. */
export async function runExhibit(exhibit: Exhibit): Promise<RanExhibit> {
  const [experiment, fragment] = await Promise.all([runExample(exhibit.recipe), recipeToFragment(exhibit.recipe)]);
  const results = resultsOf(experiment, { ...defaultViewSettings, ...exhibit.viewSettings });
  return { exhibit, experiment, results, fragment };
}
