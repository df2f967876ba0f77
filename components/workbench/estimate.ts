import { estimateOf } from '@/lib/session/select';
import type { Session } from '@/lib/session/session';
import { estimateSentence } from '@/lib/words/estimate';

/** What running the form would cost: "5 calls, at most 300 tokens, free"; '' while it cannot be read. */
export function estimateText(session: Session): string {
  const estimate = estimateOf(session);
  return estimate ? estimateSentence(estimate) : '';
}
