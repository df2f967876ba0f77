import { judgeRuns } from '@/lib/compare/measure/judge';
import { type Tone, toneOf } from '@/lib/compare/measure/verdict';
import { palette } from '@/lib/palette';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayBadge } from '@/lib/words/badge';
import { sentences } from '@/lib/words/english';
import { sayOrigin } from '@/lib/words/origin';
import { sayVerdict } from '@/lib/words/verdict';
import { escapeXml, plain } from './preview-svg';

const height = 20;
const fontSize = 11;
/** How wide a character is drawn, in pixels, whatever the font. */
const advance = 6.4;
const padding = 8;

const tones: Record<Tone, string> = {
  same: palette.good.light,
  differ: palette.caution.light,
  open: palette.dim.light,
};

/**
 * The verdict on an experiment as SVG, 20 pixels high, for a README: "seed 7 | 5 of 5 identical", green if all agree. What
 * the page says of it is its title.
 */
export function badgeSvg({ recipe, runs, origin }: Pick<SavedExperiment, 'recipe' | 'runs' | 'origin'>): string {
  const verdict = judgeRuns(recipe, runs);
  const { label, finding } = sayBadge(verdict, origin);
  const [left, right] = [cell(label, 0), cell(finding, widthOf(label))];
  const width = left.width + right.width;
  const title = escapeXml(plain(sentences(`Seedbed: ${sayVerdict(verdict).sentence}`, sayOrigin(origin)), 400));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="round"><rect width="${width}" height="${height}" rx="3"/></clipPath>`,
    `<g clip-path="url(#round)"><rect width="${width}" height="${height}" fill="${palette.ink.light}"/>`,
    `<rect x="${left.width}" width="${right.width}" height="${height}" fill="${tones[toneOf(verdict)]}"/></g>`,
    `<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="${fontSize}">${left.svg}${right.svg}</g>`,
    '</svg>',
  ].join('');
}

const widthOf = (words: string): number => Math.ceil(words.length * advance) + 2 * padding;

/** `textLength` draws the words as wide as the badge has room, in whatever font there is. */
function cell(words: string, x: number): { width: number; svg: string } {
  const width = widthOf(words);
  return {
    width,
    svg: `<text x="${x + padding}" y="14" textLength="${width - 2 * padding}">${escapeXml(words)}</text>`,
  };
}
