import type { Message } from '@/lib/recipe/recipe';

/*
 * A body of a request is kept without the messages, which are the recipe's own and by far the longest part of it.
 */

/** What stands for the recipe's messages: no request has none. */
const left = '"messages":[]';
const field = (messages: readonly Message[]): string => `"messages":${JSON.stringify(messages)}`;

/** A body as it is kept: without the messages, if they stand in it as the recipe has them. */
export function withoutMessages(body: string, messages: readonly Message[]): string {
  const cut = body.replace(field(messages), () => left);
  return withMessages(cut, messages) === body ? cut : body;
}

/** The inverse: the body as it was sent. */
export const withMessages = (kept: string, messages: readonly Message[]): string =>
  kept.replace(left, () => field(messages));

/** An entry of an object in JSON, as it stands there: `{ key: 'seed', text: '"seed":42' }`. */
export type BodyEntry = { key: string; text: string };

/** The entries of an object in JSON, in their order and to the letter: a number is not rounded. */
export function entriesOf(body: string): BodyEntry[] {
  const entries: BodyEntry[] = [];
  let [depth, from] = [0, 1];
  // Strings whole, so that nothing in them counts.
  for (const { 0: mark, index } of body.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},]/gs)) {
    if (depth === 1 && (mark === ',' || mark === '}')) {
      const text = body.slice(from, index).trim();
      const [name] = /^"(?:[^"\\]|\\.)*"/s.exec(text) ?? [];
      if (name !== undefined) entries.push({ key: String(JSON.parse(name)), text });
      from = index + 1;
    }
    if (mark === '{' || mark === '[') depth++;
    if (mark === '}' || mark === ']') depth--;
  }
  return entries;
}
