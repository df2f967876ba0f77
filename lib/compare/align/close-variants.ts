import { diffCharacters, type Part } from './diff';

/** Longer readings are phrases: their words are compared, not their letters. In UTF-16 units. */
export const longestClose = 120;

/**
 * The difference of a reading from another by characters, if they are so close that it says something: both at most 120
 * UTF-16 units long, and at least half of those of both together shared, white space not counted. Else null: 'kept' and
 * 'had' are two words.
 *
 *     'colour', 'color'  →  same 'colo' · missing '' (was 'u') · same 'r'
 */
export function closeDifference(was: string, text: string): Part[] | null {
  if (was.length > longestClose || text.length > longestClose) return null;
  const parts = diffCharacters(was, text);
  const shared = parts.reduce((sum, part) => sum + (part.kind === 'same' ? marksIn(part.text) : 0), 0);
  return shared > 0 && 4 * shared >= marksIn(was) + marksIn(text) ? parts : null;
}

const marksIn = (text: string): number => text.replace(/\s+/gu, '').length;
