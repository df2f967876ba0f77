import { estimateOf, ownKeyBoundOf } from '@/lib/session/select';
import type { Session } from '@/lib/session/session';
import { estimateSentence } from '@/lib/words/estimate';
import { sayOwnKeyBound } from '@/lib/words/own-keys';

/**
 * What running the form would cost: "5 calls, at most 300 tokens, free", and what of it with the visitor's own keys; '' while it cannot
 * be read.
 */
export function estimateText(session: Session): string {
  const estimate = estimateOf(session);
  const own = ownKeyBoundOf(session);
  if (!estimate || !own) return estimate ? estimateSentence(estimate) : '';
  return own.calls === estimate.calls ? sayOwnKeyBound(own) : `${estimateSentence(estimate)}; ${sayOwnKeyBound(own)}`;
}
