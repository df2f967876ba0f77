import { describe, expect, it } from 'vitest';
import { colourOfVariant, colourTokens, palette } from './palette';

type Name = keyof typeof palette;
type Theme = 'light' | 'dark';

/** Relative luminance as WCAG 2.2 defines it, from 0 to 1. */
function luminance(colour: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

function contrast(a: Name, b: Name, theme: Theme): number {
  const [dark = 0, light = 0] = [a, b].map((name) => luminance(palette[name][theme])).sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const letters = [...'ABCDEFGHIJKL'];

const texts: [Name, Name[]][] = [
  ['ground', ['ink', 'dim', 'accent', 'good', 'caution', 'failure', 'replaced-line', 'added-line']],
  ['panel', ['ink', 'dim', 'accent', 'failure']],
  ['accent', ['on-accent']],
  ['replaced', ['replaced-ink']],
  ['added', ['added-ink']],
  ...([1, 2, 3, 4, 5, 6, 'rest'] as const).map((paint): [Name, Name[]] => [`token-${paint}`, ['ink']]),
  ['variant-ink', letters.map(colourOfVariant)],
];
const lines: [Name, Name[]][] = [
  ['ground', ['control', 'chance', 'chance-line', 'replaced-line', 'added-line', 'accent']],
  ['panel', ['control', 'accent']],
];

const pairsOf = (table: [Name, Name[]][]) =>
  table.flatMap(([ground, names]) => names.map((name): [Name, Name] => [name, ground]));

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(pairsOf(texts))('%s can be read on %s', (text, ground) => {
    expect(contrast(text, ground, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairsOf(lines))('a line of %s can be seen on %s', (line, ground) => {
    expect(contrast(line, ground, theme)).toBeGreaterThanOrEqual(3);
  });
});

describe('a colour', () => {
  it.each(Object.entries(palette))('%s has six hexadecimal digits, as a picture and a theme take it', (_, shades) => {
    for (const value of Object.values(shades)) expect(value).toMatch(/^#[0-9a-f]{6}$/);
  });
});

describe('a variant', () => {
  it('has the colour of its letter, and from G on one of six that come again', () => {
    expect(letters.map(colourOfVariant)).toEqual(letters.map((letter) => `variant-${letter.toLowerCase()}`));
    expect(['M', 'R', 'S', 'Z', 'AA', 'AF', 'AZ'].map(colourOfVariant)).toEqual([
      'variant-g',
      'variant-l',
      'variant-g',
      'variant-h',
      'variant-g',
      'variant-l',
      'variant-h',
    ]);
  });
});

describe('tokens that are shown together', () => {
  const many = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

  it('have each a colour of its own, in their order, and then the colour of the rest', () => {
    expect([...many, null].map(colourTokens(many, []))).toEqual([
      'token-1',
      'token-2',
      'token-3',
      'token-4',
      'token-5',
      'token-6',
      'token-rest',
      'token-rest',
      'token-rest',
    ]);
  });

  it('have one if they must, listed or not', () => {
    const colour = colourTokens(many, ['h', 'x']);
    expect(['a', 'b', 'c', 'd', 'e', 'h', 'x'].map(colour)).toEqual([
      'token-1',
      'token-2',
      'token-3',
      'token-4',
      'token-rest',
      'token-5',
      'token-6',
    ]);
  });
});
