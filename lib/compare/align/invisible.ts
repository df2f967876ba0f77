/** A stretch of plain text, or one character that cannot be seen, with a sign for it and its number in Unicode. */
type Seen = { kind: 'plain'; text: string } | Invisible;
/** `code` is hexadecimal, of at least four digits: '00A0'. */
export type Invisible = { kind: 'invisible'; text: string; sign: string; code: string };

const signs: Record<string, string> = {
  '\t': '⇥',
  '\r': '␍',
  '\u00a0': '⍽',
  '\u202f': '⍽',
  '\u00ad': 'SHY',
  '\u200b': 'ZWSP',
  '\u200c': 'ZWNJ',
  '\u2060': 'WJ',
  '\ufeff': 'BOM',
  '\u200e': 'LRM',
  '\u200f': 'RLM',
  '\u061c': 'ALM',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
  '\u2028': 'LS',
  '\u2029': 'PS',
  '\ufffd': '�',
};

/**
 * Controls, formats and odd spaces. A zero width joiner is left alone (emoji are made with it), as are line feeds and
 * plain spaces, which can be seen well enough; tag characters and half pairs are shown by their number.
 */
const hidden = /(?![\n\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}|\ufffd/gu;

/**
 * Makes what cannot be seen visible: 'a\u00a0b' is 'a', ⍽ (00A0), 'b'. The texts of all parts together are the
 * text. Used where texts differ, since that is where it matters.
 */
export function makeVisible(text: string): Seen[] {
  const parts: Seen[] = [];
  let at = 0;
  for (const { 0: character, index } of text.matchAll(hidden)) {
    if (index > at) parts.push({ kind: 'plain', text: text.slice(at, index) });
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    parts.push({ kind: 'invisible', text: character, sign: signs[character] ?? `U+${code}`, code });
    at = index + character.length;
  }
  if (at < text.length) parts.push({ kind: 'plain', text: text.slice(at) });
  return parts;
}
