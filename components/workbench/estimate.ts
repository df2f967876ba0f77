import { countRuns, countTokens } from '@/lib/session/draft';
import { providerIn } from '@/lib/session/select';
import type { Session } from '@/lib/session/session';
import { counted } from '@/lib/words/english';

/** What the form would cost: "5 calls, at most 300 tokens, free"; '' while it cannot be read. */
export function sayEstimate({ draft, providers }: Session): string {
  const calls = countRuns(draft);
  const tokens = countTokens(draft);
  if (calls === null) return '';
  const free = providerIn(providers, draft.provider)?.free ?? false;
  const atMost = tokens === null ? '' : `, at most ${tokens.toLocaleString('en')} tokens`;
  return `${counted(calls, 'call')}${atMost}${free ? ', free' : ''}`;
}
