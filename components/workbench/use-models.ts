'use client';

import useSWR from 'swr';
import { z } from 'zod';
import { seedlingModels } from '@/lib/seedling/backends';

const Models = z.object({
  providers: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      models: z.array(z.object({ id: z.string(), about: z.string().nullable(), exact: z.boolean() })),
    }),
  ),
});
export type ProviderList = z.infer<typeof Models>['providers'];
export type OfferedModel = ProviderList[number]['models'][number];

/** Until the server has answered: Seedling, which is always there. */
const alwaysThere: ProviderList = [
  { id: 'seedling', name: 'Seedling', models: seedlingModels.map(({ id, about, exact }) => ({ id, about, exact })) },
];

/** What is known of one model, if it is one of those offered. */
export const findModel = (providers: ProviderList, provider: string, model: string): OfferedModel | undefined =>
  providers.find(({ id }) => id === provider)?.models.find(({ id }) => id === model);

const load = async (path: string): Promise<ProviderList> => {
  const response = await fetch(path);
  return Models.parse(await response.json()).providers;
};

export function useModels(): ProviderList {
  const { data } = useSWR('/api/models', load, { revalidateOnFocus: false });
  return data ?? alwaysThere;
}
