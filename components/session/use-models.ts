'use client';

import useSWR from 'swr';
import { api } from '@/components/api/api';
import { orReject } from '@/components/api/or-reject';
import { endpoints } from '@/lib/api/addresses';
import type { ProviderList } from '@/lib/session/providers';

/** The providers and models that the server offers; undefined until it has answered, or if it does not. */
export function useModels(): ProviderList | undefined {
  const { data } = useSWR(endpoints.models, () => orReject(api.models()), { revalidateOnFocus: false });
  return data?.providers;
}
