import { counted } from './english';

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
  const atMost = tokens === null ? '' : `, at most ${tokens.toLocaleString('en')} tokens`;
  return `${counted(calls, 'call')}${atMost}${free ? ', free' : ''}`;
}
