import { builtInProvider } from '@/lib/recipe/recipe';
import * as sapling from '@/lib/sapling/models';
import * as seedling from '@/lib/seedling/models';

const families = [seedling, sapling];

/** The models inside as a provider that recipes may name: what it is, what it can do besides answering, and its models. */
export const builtInOffer = {
  id: builtInProvider,
  name: 'Seedling and Sapling, built in',
  about: 'small, built in, free',
  free: true,
  paced: true,
  continues: true,
  ownKey: 'no' as const,
  endpoint: null,
  complete: true,
  models: families
    .flatMap(({ alone, fleet, batched }) => [alone, fleet, batched])
    .map((model) => ({ ...model, about: null, shutdownDate: null })),
  listProblem: null,
  capabilities: [],
};
