import type { OfferedProvider } from '@/lib/api/status';
import { seedlingModels } from '@/lib/seedling/backends';

export type { OfferedModel, OfferedProvider } from '@/lib/api/status';
export type ProviderList = readonly OfferedProvider[];

/** What is there before the server has answered: the model inside. */
export const builtIn: ProviderList = [
  {
    id: 'seedling',
    name: 'Seedling',
    about: 'tiny, built in, free',
    free: true,
    paced: true,
    continues: true,
    complete: true,
    models: seedlingModels.map(({ id, about, exact }) => ({ id, about, exact })),
  },
];
