import type { SeedlingRequest } from '@/lib/seedling/request';

/**
 * The messages with which a text goes on from another option at one of its tokens, which begins at `offset` (UTF-16
 * units): the same ones, and a prefill of the text up to there with the option in its place. With the same seed every
 * later draw is what it was, so whatever differs comes from that one token. Null for the end of the text: nothing goes
 * on from there.
 *
 *     branch(messages, 'A bee hums', 1, ' small')  →  [...messages, { role: 'assistant', content: 'A small' }]
 */
export function branch<Message extends SeedlingRequest['messages'][number]>(
  messages: readonly Message[],
  text: string,
  offset: number,
  option: string,
): (Message | { role: 'assistant'; content: string })[] | null {
  if (option === '') return null;
  const conversation = messages.at(-1)?.role === 'assistant' ? messages.slice(0, -1) : messages;
  return [...conversation, { role: 'assistant', content: text.slice(0, offset) + option }];
}
