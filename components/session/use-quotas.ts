import useSWR from 'swr';
import { api } from '@/components/api/api';
import { orReject } from '@/components/api/or-reject';
import { endpoints } from '@/lib/api/addresses';
import type { Quota } from '@/lib/api/quotas';
import { isRunning } from '@/lib/session/select';
import { useSession } from './session-context';

/** What this visitor may still use, asked again whenever something has run; none while it is not known. */
export function useQuotas(): readonly Quota[] {
  const running = useSession(isRunning);
  const { data } = useSWR(running ? null : endpoints.quotas, () => orReject(api.quotas()), { dedupingInterval: 0 });
  return data?.quotas ?? [];
}
