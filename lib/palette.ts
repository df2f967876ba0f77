/** A colour, and what takes its place in the dark. */
type Shades = { light: string; dark: string };

/**
 * The colours of the pages, named by what they mean. Text and ground that meet have a contrast of at least 4.5 : 1, lines
 * and marks at least 3 : 1 (WCAG 2.2, 1.4.3 and 1.4.11); the test beside this file holds the pairs.
 */
export const palette = {
  ground: { light: '#ffffff', dark: '#0e1116' },
  panel: { light: '#f6f7f9', dark: '#161a21' },
  ink: { light: '#16181d', dark: '#e8eaed' },
  dim: { light: '#5b626d', dark: '#9ba3af' },
  hairline: { light: '#d9dce1', dark: '#2a303a' },
  control: { light: '#767d89', dark: '#6e7683' },
  accent: { light: '#1459c7', dark: '#78b2ff' },
  'on-accent': { light: '#ffffff', dark: '#0e1116' },
  replaced: { light: '#ffe3c2', dark: '#4a2b05' },
  'replaced-ink': { light: '#5a2c00', dark: '#ffddb0' },
  'replaced-line': { light: '#b45309', dark: '#f5a742' },
  added: { light: '#d6e8ff', dark: '#10305f' },
  'added-ink': { light: '#0a2f6b', dark: '#cfe3ff' },
  'added-line': { light: '#1459c7', dark: '#78b2ff' },
  good: { light: '#0b6b53', dark: '#4fd1ae' },
  caution: { light: '#8a4b00', dark: '#f5b04c' },
  failure: { light: '#a3123a', dark: '#ff8fa8' },
  chance: { light: '#7361bb', dark: '#b9aee2' },
  'chance-line': { light: '#38277c', dark: '#dad4f0' },
  'variant-a': { light: '#165fd9', dark: '#448eff' },
  'variant-b': { light: '#a53610', dark: '#ffab40' },
  'variant-c': { light: '#00796b', dark: '#44ffb6' },
  'variant-d': { light: '#9b50a0', dark: '#986e9c' },
  'variant-e': { light: '#061433', dark: '#d0deff' },
  'variant-f': { light: '#5a0d17', dark: '#e93a4e' },
  'variant-g': { light: '#436eb7', dark: '#6490d4' },
  'variant-h': { light: '#925848', dark: '#cba06b' },
  'variant-i': { light: '#377d7a', dark: '#64ceac' },
  'variant-j': { light: '#8c6697', dark: '#927f9e' },
  'variant-k': { light: '#3a455c', dark: '#b1bcd4' },
  'variant-l': { light: '#68414c', dark: '#bf6273' },
  'token-1': { light: '#cdc2f5', dark: '#4f4291' },
  'token-2': { light: '#a5dfd0', dark: '#0c5b4e' },
  'token-3': { light: '#f6bdd1', dark: '#7b2650' },
  'token-4': { light: '#efdc7c', dark: '#5c4f00' },
  'token-5': { light: '#c3e59f', dark: '#33591c' },
  'token-6': { light: '#d3d8e2', dark: '#434c5c' },
  'token-rest': { light: '#eef0f3', dark: '#232934' },
  'variant-ink': { light: '#ffffff', dark: '#0e1116' },
} satisfies Record<string, Shades>;

const variants = ['variant-a', 'variant-b', 'variant-c', 'variant-d', 'variant-e', 'variant-f'] as const;
const further = ['variant-g', 'variant-h', 'variant-i', 'variant-j', 'variant-k', 'variant-l'] as const;

/**
 * The colour of a variant, wherever it is drawn. From G on the six colours come again and again, greyed: neighbours are told
 * apart by them, and all by their letters.
 */
export function colourOfVariant(letter: string): (typeof variants | typeof further)[number] {
  const place = letter.charCodeAt(letter.length - 1) - 65;
  return (letter.length === 1 ? variants[place] : undefined) ?? further[place % 6] ?? 'variant-l';
}

const tokenPaints = ['token-1', 'token-2', 'token-3', 'token-4', 'token-5', 'token-6'] as const;

/** A colour for tokens: those that are told apart, and that of all others. */
export type TokenPaint = (typeof tokenPaints)[number] | 'token-rest';

/**
 * The colours of tokens that are shown together: the same one for a token wherever it is drawn. There are six; the tokens that
 * `must` have one come first, and whatever is left over has the colour of the rest.
 *
 *     colourTokens(['a', 'so', 'soft'], ['so'])('so')  →  'token-2'
 */
export function colourTokens(tokens: readonly string[], must: readonly string[]): (token: string | null) => TokenPaint {
  const chosen = new Set([...new Set([...must, ...tokens])].slice(0, tokenPaints.length));
  const inOrder = [...new Set([...tokens, ...must])].filter((token) => chosen.has(token));
  return (token) => (token === null ? 'token-rest' : (tokenPaints[inOrder.indexOf(token)] ?? 'token-rest'));
}
