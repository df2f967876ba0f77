/** A stretch of plain text, or one character that cannot be seen, with its number in Unicode. */
type Seen = { kind: 'plain'; text: string } | Invisible;
/** `code` is hexadecimal, of at least four digits: '00A0'. */
export type Invisible = { kind: 'invisible'; text: string; code: string };

/**
 * Controls, formats and odd spaces. A zero width joiner is left alone (emoji are made with it), as are line feeds and
 * plain spaces, which can be seen well enough; tag characters and half pairs are shown by their number.
 */
const hidden = () => /(?![\n\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?! )\p{Zs}|\ufffd/gu;

/**
 * Finds what cannot be seen: 'a\u00a0b' is 'a', 00A0, 'b'. The texts of all parts together are the
 * text. Used where texts differ, since that is where it matters.
 */
export function findInvisible(text: string): Seen[] {
  const parts: Seen[] = [];
  if (/^[ -~\n]+$/.test(text)) return [{ kind: 'plain', text }]; // the usual case, without Unicode's lists
  let at = 0;
  for (const { 0: character, index } of text.matchAll(hidden())) {
    if (index > at) parts.push({ kind: 'plain', text: text.slice(at, index) });
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    parts.push({ kind: 'invisible', text: character, code });
    at = index + character.length;
  }
  if (at < text.length) parts.push({ kind: 'plain', text: text.slice(at) });
  return parts;
}
