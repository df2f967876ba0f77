import { describe, expect, it } from 'vitest';
import { palette } from '@/lib/palette';
import { aRecipe, aRequest, aSaved, endedWith } from '@/lib/run/records.fixture';
import { badgeSvg } from './badge';

const badge = (...texts: string[]) =>
  badgeSvg(
    aSaved({ runs: endedWith(...texts), recipe: aRecipe({ repeats: texts.length, request: aRequest({ seed: 7 }) }) }),
  );
const written = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, words]) => words);

describe('a badge', () => {
  it('is green where all agree, and says of what seed', () => {
    expect(written(badge('x', 'x'))).toEqual(['seed 7', '2 of 2 identical']);
    expect(badge('x', 'x')).toContain(palette.good.light);
  });

  it('has another colour where they differ, and the sentence of the page as its title', () => {
    const svg = badge('one fox', 'one owl');
    expect(svg).toContain(palette.caution.light);
    expect(svg).toContain('<title>Seedbed: 2 different texts in 2 runs. First difference at word 2.</title>');
  });

  it('says of imported texts that they are, and names no seed that a file claims', () => {
    const svg = badgeSvg(aSaved({ runs: endedWith('x', 'x'), origin: 'import' }));
    expect(written(svg)).toEqual(['imported', '2 of 2 identical']);
    expect(svg).toContain('2 of 2 runs identical. Imported: not made by this server.</title>');
  });

  it('is as wide as its words', () => {
    const [width = ''] = /(?<=width=")\d+/.exec(badge('x', 'x')) ?? [];
    const widths = [...badge('x', 'x').matchAll(/textLength="(\d+)"/g)].map(([, length]) => Number(length) + 16);
    expect(widths.reduce((sum, each) => sum + each, 0)).toBe(Number(width));
  });

  it('holds nothing that a text could bring in', () => {
    expect(badge('<script>alert(1)</script>', '"&<>')).not.toContain('<script');
  });
});
