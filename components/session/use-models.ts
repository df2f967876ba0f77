'use client';

import useSWR from 'swr';
import { api } from '@/components/api/api';
import { orReject } from '@/components/api/or-reject';
import { endpoints } from '@/lib/api/addresses';
import type { ProviderList } from '@/lib/session/providers';

/**
 * The providers and models that the server offers; undefined until it has answered. Where it does not answer, or not as it
 * should, `failed` is true, and it is asked again after a while.
 */
export function useModels(): { providers: ProviderList | undefined; failed: boolean } {
  const { data, error } = useSWR(endpoints.models, () => orReject(api.models()), { revalidateOnFocus: false });
  return { providers: data?.providers, failed: error !== undefined };
}
