import type { OfferedProvider } from '@/lib/api/status';
import { seedlingModels } from '@/lib/seedling/backends';

export type { OfferedModel, OfferedProvider } from '@/lib/api/status';
export type ProviderList = readonly OfferedProvider[];

/** The providers before the server has answered: the built-in model. */
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
