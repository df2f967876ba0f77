import { useSession } from '@/components/session/session-context';
import { ownKeyBoundOf } from '@/lib/session/own-key-bound';
import { estimateOf } from '@/lib/session/select';
import type { Session } from '@/lib/session/session';
import { estimateSentence } from '@/lib/words/estimate';
import { sayOwnKeyBound } from '@/lib/words/own-keys';

/** What running the form would cost, and what of it with the visitor's own keys. */
export const OwnKeyEstimate = () => useSession(estimateWithKeys);

/** "5 calls, at most 300 tokens; 2 calls with your key, …"; '' while the form cannot be read. */
export function estimateWithKeys(session: Session): string {
  const estimate = estimateOf(session);
  const own = ownKeyBoundOf(session);
  if (!estimate || !own) return estimate ? estimateSentence(estimate) : '';
  return own.calls === estimate.calls ? sayOwnKeyBound(own) : `${estimateSentence(estimate)}; ${sayOwnKeyBound(own)}`;
}
