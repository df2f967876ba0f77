import type { Invisible } from '@/lib/compare/align/invisible';

const names: Record<string, string> = {
  '\t': 'tab',
  '\r': 'carriage return',
  '\u00a0': 'no-break space',
  '\u202f': 'narrow no-break space',
  '\u00ad': 'soft hyphen',
  '\u200b': 'zero width space',
  '\u200c': 'zero width non-joiner',
  '\u2060': 'word joiner',
  '\ufeff': 'zero width no-break space',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u061c': 'Arabic letter mark',
  '\u202a': 'left-to-right embedding',
  '\u202b': 'right-to-left embedding',
  '\u202c': 'pop directional formatting',
  '\u202d': 'left-to-right override',
  '\u202e': 'right-to-left override',
  '\u2066': 'left-to-right isolate',
  '\u2067': 'right-to-left isolate',
  '\u2068': 'first strong isolate',
  '\u2069': 'pop directional isolate',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\ufffd': 'replacement character',
};

/** The name of a character that cannot be seen: "no-break space (U+00A0)". */
export const sayInvisible = ({ text, code }: Pick<Invisible, 'text' | 'code'>): string =>
  `${names[text] ?? 'invisible character'} (U+${code})`;
