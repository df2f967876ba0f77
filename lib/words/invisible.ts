import type { Invisible } from '@/lib/compare/align/invisible';

/** What is drawn for each, and its name. */
const known: Record<string, [sign: string, name: string]> = {
  '\t': ['⇥', 'tab'],
  '\r': ['␍', 'carriage return'],
  '\u00a0': ['⍽', 'no-break space'],
  '\u202f': ['⍽', 'narrow no-break space'],
  '\u00ad': ['SHY', 'soft hyphen'],
  '\u200b': ['ZWSP', 'zero width space'],
  '\u200c': ['ZWNJ', 'zero width non-joiner'],
  '\u2060': ['WJ', 'word joiner'],
  '\ufeff': ['BOM', 'zero width no-break space'],
  '\u200e': ['LRM', 'left-to-right mark'],
  '\u200f': ['RLM', 'right-to-left mark'],
  '\u061c': ['ALM', 'Arabic letter mark'],
  '\u202a': ['LRE', 'left-to-right embedding'],
  '\u202b': ['RLE', 'right-to-left embedding'],
  '\u202c': ['PDF', 'pop directional formatting'],
  '\u202d': ['LRO', 'left-to-right override'],
  '\u202e': ['RLO', 'right-to-left override'],
  '\u2066': ['LRI', 'left-to-right isolate'],
  '\u2067': ['RLI', 'right-to-left isolate'],
  '\u2068': ['FSI', 'first strong isolate'],
  '\u2069': ['PDI', 'pop directional isolate'],
  '\u2028': ['LS', 'line separator'],
  '\u2029': ['PS', 'paragraph separator'],
  '\ufffd': ['�', 'replacement character'],
};

/** A sign for a character that cannot be seen, and its name: "⍽", and "no-break space (U+00A0)". */
export function sayInvisible({ text, code }: Pick<Invisible, 'text' | 'code'>): { sign: string; name: string } {
  const [sign = `U+${code}`, name = 'invisible character'] = known[text] ?? [];
  return { sign, name: `${name} (U+${code})` };
}
