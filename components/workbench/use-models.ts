'use client';

import useSWR from 'swr';
import { z } from 'zod';

const Models = z.object({
  providers: z.array(
    z.object({ id: z.string(), name: z.string(), exact: z.boolean(), models: z.array(z.object({ id: z.string() })) }),
  ),
});
export type ProviderList = z.infer<typeof Models>['providers'];

/** Until the server has answered: Seedling, which is always there. */
const alwaysThere: ProviderList = [
  { id: 'seedling', name: 'Seedling: tiny teaching model, built in', exact: true, models: [{ id: 'seedling-1' }] },
];

const load = async (path: string): Promise<ProviderList> => {
  const response = await fetch(path);
  return Models.parse(await response.json()).providers;
};

export function useModels(): ProviderList {
  const { data } = useSWR('/api/models', load, { revalidateOnFocus: false });
  return data ?? alwaysThere;
}
