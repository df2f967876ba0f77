/** A token in a sentence: in quotation marks without the space before it; a space, a line break and the end by name. */
export function tokenName(token: string): string {
  if (token === '') return 'the end';
  if (token === '\n') return 'a line break';
  return token.trim() === '' ? 'a space' : `“${token.trim()}”`;
}
