import { diffWords, type Part } from './diff';
import { splitWords } from './words';

/** Two texts, each marked where it differs from the other; or why they are not. */
export type Pair = { kind: 'marked'; sides: [Part[], Part[]] } | { kind: 'too-long'; characters: number };

/** The maximum length of both together, in UTF-16 units, that can be aligned while somebody waits. */
export const longestPair = 200_000;

/**
 * Two texts to read side by side, with what each has and the other lacks: 'a red boat', 'a boat' → the first has ' red' of
 * its own, the second lacks it.
 */
export function comparePair(a: string, b: string): Pair {
  const characters = a.length + b.length;
  if (characters > longestPair) return { kind: 'too-long', characters };
  const [first, second] = [splitWords(a), splitWords(b)];
  return { kind: 'marked', sides: [diffWords(second, first), diffWords(first, second)] };
}
