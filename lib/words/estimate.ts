import { counted } from './english';
import { sayNumber } from './numbers';

/** What a form would cost: "5 calls, at most 1,500 tokens, free". `tokens` is null where nothing limits them. */
export function estimateSentence({
  calls,
  tokens,
  free,
}: {
  calls: number;
  tokens: number | null;
  free: boolean;
}): string {
  const atMost = tokens === null ? '' : `, at most ${sayNumber(tokens)} tokens`;
  return `${counted(calls, 'call')}${atMost}${free ? ', free' : ''}`;
}
