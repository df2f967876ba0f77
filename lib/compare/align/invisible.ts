/** A stretch of text as it is, or one character that cannot be seen, with a sign for it and its name. */
export type Seen = { text: string; sign: null } | { text: string; sign: string; name: string };

const named: Record<string, [sign: string, name: string]> = {
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

/**
 * Controls, formats and odd spaces. A zero width joiner is left alone (emoji are made with it), as are line feeds and
 * plain spaces, which can be seen well enough; tag characters and half pairs are shown by their number.
 */
const hidden = /(?![\n\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}|\ufffd/gu;

/**
 * Makes what cannot be seen visible: 'a\u00a0b' is 'a', ⍽ (no-break space), 'b'. The texts of all parts together are the
 * text. Used where texts differ, since that is where it matters.
 */
export function makeVisible(text: string): Seen[] {
  const parts: Seen[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(hidden)) {
    if (index > at) parts.push({ text: text.slice(at, index), sign: null });
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    const [sign, name] = named[character] ?? [`U+${code}`, 'invisible character'];
    parts.push({ text: character, sign, name: `${name} (U+${code})` });
    at = index + character.length;
  }
  if (at < text.length) parts.push({ text: text.slice(at), sign: null });
  return parts;
}
