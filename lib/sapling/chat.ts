import { err, ok, type Result } from '../result.ts';
import { idOf, type Special, type Tokenizer } from './tokenizer.ts';

/** A message as Sapling learns it. */
export type Message = { role: 'system' | 'user' | 'assistant'; content: string };

/**
 * A message as tokens: a mark that says who speaks, and the text. An answer ends with a mark of its own, since the model
 * has to write that.
 *
 *     layOut(tokenizer, { role: 'user', content: 'Hi' })  →  <|user|> 'Hi'
 */
export function layOut(tokenizer: Tokenizer, { role, content }: Message): number[] {
  const mark: Special = `<|${role}|>`;
  return [idOf(mark), ...tokenizer.encode(content), ...(role === 'assistant' ? [idOf('<|end|>')] : [])];
}

/** What is asked, and how the answer is to begin, as tokens. */
export type Prompt = { asked: number[]; begun: number[] };

/** There are as many tokens as this, or more: what cannot fit is not cut into them. */
export type TooLong = { kind: 'too-long'; tokens: number; context: number };

/**
 * A conversation as a prompt: all messages, and the mark after which the answer is written. If the last message is the
 * assistant's, the answer begins with it. Roles that Sapling has not learned count as the nearest that it has: a
 * developer's as the system's, any other as the user's. There must be room for one token more.
 */
export function promptOf(
  tokenizer: Tokenizer,
  messages: readonly { role: string; content: string }[],
  context: number,
): Result<Prompt, TooLong> {
  const characters = messages.reduce((sum, { content }) => sum + content.length, 0);
  const least = Math.ceil(characters / tokenizer.longest);
  if (least >= context) return err({ kind: 'too-long', tokens: least, context });
  const last = messages.at(-1);
  const begun = last?.role === 'assistant' ? tokenizer.encode(last.content) : [];
  const before = last?.role === 'assistant' ? messages.slice(0, -1) : messages;
  const asked = [
    ...before.flatMap(({ role, content }) => layOut(tokenizer, { role: learnedRole(role), content })),
    idOf('<|assistant|>'),
  ];
  const tokens = asked.length + begun.length;
  return tokens < context ? ok({ asked, begun }) : err({ kind: 'too-long', tokens, context });
}

function learnedRole(role: string): Message['role'] {
  if (role === 'assistant') return role;
  return role === 'system' || role === 'developer' ? 'system' : 'user';
}
