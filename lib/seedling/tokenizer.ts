const token = / ?[\p{L}\p{M}]+(?:'[\p{L}\p{M}]+)*| ?\p{N}+| ?[^\s\p{L}\p{M}\p{N}]|\s/gu;

/**
 * Cuts a text into tokens a reader can see: a word or number with the space before it, one punctuation mark, one line
 * break. Joined, they are the text again, exactly: each character belongs to one of the four alternatives.
 *
 *     tokenize('A seed, "it" grows.\n')  →  'A' ' seed' ',' ' "' 'it' '"' ' grows' '.' '\n'
 */
export function tokenize(text: string): string[] {
  return text.match(token) ?? [];
}
