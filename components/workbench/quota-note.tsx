import { useSession } from '@/components/session/session-context';
import { useQuotas } from '@/components/session/use-quotas';
import { ownKeyBoundOf } from '@/lib/session/own-key-bound';
import { nearestQuota } from '@/lib/session/quota';
import { estimateOf } from '@/lib/session/select';
import { sayExceeded, sayLeft } from '@/lib/words/quota';

/** Before Run: that what is asked for would be refused, or how little of a limit is left; unless it has just been refused. */
export function QuotaNote() {
  const quotas = useQuotas();
  const estimate = useSession(estimateOf);
  const refused = useSession(({ problem }) => problem !== null);
  const own = useSession(ownKeyBoundOf);
  // Tokens that the visitor pays for are not limited.
  const counting = own?.calls === estimate?.calls ? quotas.filter(({ what }) => what !== 'tokens') : quotas;
  const nearest = estimate && !refused ? nearestQuota(counting, estimate) : null;
  return (
    <p role="status" className="text-dim text-sm empty:hidden">
      {nearest && (nearest.passed ? sayExceeded(nearest.quota, nearest.asked) : sayLeft(nearest.quota))}
    </p>
  );
}
