import { randomUUID } from 'node:crypto';
import { makeLens } from '@/lib/lens/lens';
import { saplingByTag } from '@/lib/lens/sapling-model';
import { seedlingByTag } from '@/lib/lens/seedling-model';
import type { Recipe } from '@/lib/recipe/recipe';
import { makeEndpoint } from '@/lib/server/endpoint.fixture';
import { LiveExperiment } from '@/lib/server/live-experiment';
import { loadSapling } from '@/lib/server/load-sapling';
import { makeProviders } from '@/lib/server/providers';
import type { Outcome } from './lesson';
import { outcomeOf } from './outcome';

const endpoint = makeEndpoint();
const provider = makeProviders([], () => endpoint).get('seedling')?.provider;
const { counts, hash } = endpoint.seedling;
const byTag = { seedling: () => seedlingByTag(counts, hash), sapling: () => saplingByTag(loadSapling()) };
const ask = makeLens(async (model) => byTag[model]());

/** Runs a recipe as the server runs it, at so many tokens a second, and asks the lens how each token was chosen. */
export async function runLesson(recipe: Recipe, pace?: number): Promise<Outcome> {
  if (!provider) throw new Error('Seedling is not there.');
  const live = new LiveExperiment({ id: randomUUID(), recipe, providerOf: () => provider, pace, graceMs: 0 });
  await live.start();
  return outcomeOf(live.experiment, ask);
}

/** The same outcome, but the runs with these numbers were stopped before they said anything. */
export function stopRuns({ experiment, moments, ...rest }: Outcome, stopped: readonly number[]): Outcome {
  const runs = experiment.runs.map((record) =>
    record.status === 'ended' && stopped.includes(record.run) ? { ...record, finish: 'aborted', text: '' } : record,
  );
  return {
    ...rest,
    experiment: { ...experiment, runs },
    moments: new Map([...moments].filter(([run]) => !stopped.includes(run))),
  };
}
