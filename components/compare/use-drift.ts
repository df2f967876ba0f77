'use client';

import useSWR from 'swr';
import { api } from '@/components/api/api';
import { orReject } from '@/components/api/or-reject';
import { useSession } from '@/components/session/session-context';
import { endpoints } from '@/lib/api/addresses';
import type { Drift } from '@/lib/api/drift';
import { headOf } from '@/lib/session/select';
import type { Session } from '@/lib/session/session';

/** The drift timeline of the recipe on the screen, fetched again once an experiment is over; null for none. */
export function useDrift(): Drift | null {
  const id = useSession(idToAskFor);
  const initial = useSession(({ on }) => (on.kind === 'saved' ? on.drift : undefined));
  const { data } = useSWR(id && endpoints.replays(id), () => orReject(api.replays(id ?? '')), {
    fallbackData: initial ? { drift: initial } : undefined,
    revalidateOnFocus: false,
    keepPreviousData: false,
  });
  return data?.drift ?? null;
}

/** The id of the visitor's own experiment on the screen, once it is over. What there is of others' is known. */
function idToAskFor(session: Session): string | null {
  const head = headOf(session);
  return head?.own && !session.on.experiment.running ? head.id : null;
}
