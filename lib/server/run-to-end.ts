import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { LiveExperiment } from './live-experiment';
import { services } from './services';

/** Runs a recipe of our own to its end. Throws if its provider does not exist. */
export async function runToEnd(recipe: Recipe): Promise<Experiment> {
  const entry = services().providers.get(recipe.provider);
  if (!entry) throw new Error(`There is no provider "${recipe.provider}".`);
  services().endpoint(); // loaded beforehand, so that the time it takes is not counted as the first run's
  const live = new LiveExperiment({ id: 'example', recipe, provider: entry.provider, pace: undefined, graceMs: 0 });
  await live.start();
  return live.experiment;
}
