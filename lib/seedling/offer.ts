import { alone, batched, fleet } from './models';

/** Seedling as a provider that recipes may name: what it is, what it can do besides answering, and its models. */
export const seedlingOffer = {
  id: 'seedling',
  name: 'Seedling: tiny teaching model, built in',
  about: 'tiny, built in, free',
  free: true,
  paced: true,
  continues: true,
  ownKey: 'no' as const,
  endpoint: null,
  complete: true,
  models: [alone, fleet, batched].map((model) => ({ ...model, about: null, shutdownDate: null })),
  listProblem: null,
  capabilities: [],
};
