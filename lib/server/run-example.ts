import { randomUUID } from 'node:crypto';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Experiment } from '@/lib/run/fold';
import { LiveExperiment } from './live-experiment';
import { inTurn } from './load-balancing';
import { insideProvider } from './providers';
import { services } from './services';

/**
 * Runs a recipe for a model inside to its end. The back ends of its model answer in turn, so that the page's example has each of
 * them, whenever it is built; and it has an id of its own, since the load of a back end counts the requests of one experiment.
 */
export async function runExample(recipe: Recipe): Promise<Experiment> {
  const endpoint = { ...services().endpoint(), balance: inTurn() };
  const provider = insideProvider(() => endpoint);
  const live = new LiveExperiment({
    id: randomUUID(),
    recipe,
    providerOf: () => provider,
    pace: undefined,
    graceMs: 0,
  });
  await live.start();
  return live.experiment;
}
