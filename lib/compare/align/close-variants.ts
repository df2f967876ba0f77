import { diffCharacters, type Part } from './diff';

/** Longer variants are phrases: their words are compared, not their letters. In UTF-16 units. */
export const maxClose = 120;

/**
 * The difference between two variants by characters, if they are close enough for that to be of use: each at most
 * 120 UTF-16 units long, with at least half of both in common, not counting white space. Else null: 'kept' and 'had' are
 * two words.
 *
 *     'colour', 'color'  →  same 'colo' · missing '' (was 'u') · same 'r'
 */
export function closeDifference(was: string, text: string): Part[] | null {
  if (was.length > maxClose || text.length > maxClose) return null;
  const parts = diffCharacters(was, text);
  const shared = parts.reduce((sum, part) => sum + (part.kind === 'same' ? marksIn(part.text) : 0), 0);
  return shared > 0 && 4 * shared >= marksIn(was) + marksIn(text) ? parts : null;
}

const marksIn = (text: string): number => text.replace(/\s+/gu, '').length;
