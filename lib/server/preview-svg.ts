import { groupTexts } from '@/lib/compare/align/groups';
import { isComparable } from '@/lib/compare/measure/comparable';
import { fingerprintState } from '@/lib/compare/measure/fingerprints';
import { judgeRuns } from '@/lib/compare/measure/judge';
import { type Tone, toneOf, type Verdict } from '@/lib/compare/measure/verdict';
import { colourOfVariant, palette } from '@/lib/palette';
import { askedOf } from '@/lib/recipe/asked';
import type { Recipe } from '@/lib/recipe/recipe';
import { promptOf } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { sayAsked } from '@/lib/words/asked';
import { sayFingerprintsBriefly } from '@/lib/words/fingerprints';
import { sayDay } from '@/lib/words/time';
import { sayVerdict } from '@/lib/words/verdict';

/** Pixels. The size that previews of links are made for. */
export const size = { width: 1200, height: 630 };

const margin = 64;
const inner = size.width - 2 * margin;

/**
 * Every character of DejaVu Sans Mono is this wide, in em, and so is its box for a missing one. That is why all text is set
 * in it: where a line ends can be found by counting, without reading a font's tables.
 */
const advance = 0.602;
const fits = (width: number, fontSize: number): number => Math.floor(width / (advance * fontSize));

/**
 * The preview of an experiment as SVG, 1200 × 630: verdict, prompt, one lettered cell per run, settings, fingerprints.
 * All text in it is cut, cleaned and escaped, so that it holds however long and strange the experiment's texts are.
 */
export function previewSvg(saved: SavedExperiment): string {
  const { recipe, runs } = saved;
  const verdict = drawVerdict(judgeRuns(recipe, runs));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" font-family="DejaVu Sans Mono">`,
    `<rect width="${size.width}" height="${size.height}" fill="${palette.ground.light}"/>`,
    drawHead(saved),
    verdict.svg,
    drawPrompt(saved, verdict.bottom),
    drawStrip(runs),
    drawFoot(recipe, runs),
    '</svg>',
  ].join('');
}

/** The sprout of public/icon.svg, the name, and when the experiment was made or imported. */
function drawHead({ createdAt, origin }: SavedExperiment): string {
  const sprout = '<path d="M16 26V16M16 16C16 11 12 8 7 8c0 5 4 8 9 8ZM16 13c0-4 3-7 9-7 0 5-4 8-9 8"/>';
  const when = `${origin === 'import' ? 'imported, ' : ''}${plain(sayDay(createdAt), 30)}`;
  return [
    `<g transform="translate(${margin} 44) scale(1.375)"><rect width="32" height="32" rx="6" fill="${palette.accent.light}"/>`,
    `<g fill="none" stroke="#fff" stroke-width="2.6" stroke-linecap="round">${sprout}</g></g>`,
    text(margin + 60, 77, 30, 'Seedbed', palette.ink.light, 'font-weight="bold"'),
    text(size.width - margin, 77, 24, when, palette.dim.light, 'text-anchor="end"'),
  ].join('');
}

const tones: Record<Tone, string> = {
  same: palette.good.light,
  differ: palette.caution.light,
  open: palette.control.light,
};

/** As large as fits on two lines, or else on three, beside a bar in the colour of its tone. */
function drawVerdict(verdict: Verdict): { svg: string; bottom: number } {
  const [top, indent] = [130, 36];
  const said = plain(sayVerdict(verdict).sentence, 400);
  const wrapped = [60, 52, 44].map((fontSize) => ({ fontSize, lines: wrap(said, fits(inner - indent, fontSize), 3) }));
  const { fontSize, lines } = wrapped.find((each) => each.lines.length <= 2) ?? {
    fontSize: 44,
    lines: wrapped.at(-1)?.lines ?? [],
  };
  const line = Math.round(fontSize * 1.25);
  const bottom = top + lines.length * line;
  const drawn = lines.map((words, index) =>
    text(margin + indent, top + index * line + fontSize, fontSize, words, palette.ink.light, 'font-weight="bold"'),
  );
  const bar = `<rect x="${margin}" y="${top + 4}" width="10" height="${bottom - top - 4}" rx="5" fill="${tones[toneOf(verdict)]}"/>`;
  return { svg: [bar, ...drawn].join(''), bottom };
}

/** The last thing that a person said, after the experiment's title if it has one. */
function drawPrompt({ recipe, title }: SavedExperiment, above: number): string {
  const prompt = promptOf(recipe);
  const named = title === null ? '' : `${plain(title, 60)}: `;
  const lines = wrap(`${named}“${plain(prompt, 600)}”`, fits(inner, 28), 2);
  return lines.map((words, index) => text(margin, above + 52 + index * 40, 28, words, palette.dim.light)).join('');
}

/** How many runs the strip shows at most, and in one row. */
const maxCells = 50;
const rowOf = 25;

/** One cell per run, in the order of the runs; a dash for those that are left out of the verdict. */
function drawStrip(runs: readonly RunRecord[]): string {
  const groups = groupTexts(runs.filter(isComparable));
  const letters = new Map(groups.flatMap(({ letter, runs: its }) => its.map((run) => [run, letter])));
  const shown = runs.slice(0, maxCells);
  const pitch = Math.min(80, Math.floor((shown.length > rowOf ? inner - 72 : inner) / Math.min(shown.length, rowOf)));
  const rows = Math.ceil(shown.length / rowOf);
  const top = 498 - rows * pitch;
  const cells = shown.map(({ run }, index) =>
    drawCell(
      margin + (index % rowOf) * pitch,
      top + Math.floor(index / rowOf) * pitch,
      pitch,
      letters.get(run) ?? null,
    ),
  );
  const rest = runs.length - shown.length;
  const more = text(margin + rowOf * pitch + 4, top + rows * pitch - 13, 24, `+ ${rest}`, palette.dim.light);
  return [...cells, ...(rest > 0 ? [more] : [])].join('');
}

function drawCell(x: number, y: number, pitch: number, letter: string | null): string {
  const [side, gap] = [pitch - Math.ceil(pitch / 8), Math.ceil(pitch / 8)];
  const fontSize = Math.round(side / Math.max(1.6, (letter ?? '').length));
  const paint =
    letter === null
      ? `fill="${palette.panel.light}" stroke="${palette.control.light}" stroke-dasharray="4 4"`
      : `fill="${colourOf(letter)}"`;
  const square = `<rect x="${x + 1}" y="${y}" width="${side - 2}" height="${side - 2}" rx="${gap}" ${paint}/>`;
  const middle = y + (side - 2) / 2 + fontSize * 0.36;
  const ink = letter === null ? palette.dim.light : palette.ground.light;
  return square + text(x + side / 2, middle, fontSize, letter ?? '–', ink, 'font-weight="bold" text-anchor="middle"');
}

/** As on the page. A picture is always light. */
const colourOf = (letter: string): string => palette[colourOfVariant(letter)].light;

function drawFoot(recipe: Recipe, runs: readonly RunRecord[]): string {
  return [
    `<path d="M${margin} 514H${size.width - margin}" stroke="${palette.hairline.light}" stroke-width="2"/>`,
    text(margin, 556, 24, saySettings(recipe, fits(inner, 24)), palette.ink.light),
    text(
      margin,
      594,
      22,
      cut(sayFingerprintsBriefly(fingerprintState(runs), shortenPlain), fits(inner, 22)),
      palette.dim.light,
    ),
  ].join('');
}

/** "seedling-1 · seed 42 · T 0.2 · 5 runs"; what varies is listed. A long model name is cut to make room for the rest. */
function saySettings(recipe: Recipe, width: number): string {
  const [models, ...rest] = sayAsked(askedOf(recipe)).map((part) => plain(part, 80));
  const settings = rest.map((part) => cut(part, 28)).join(' · ');
  return cut(`${cut(models ?? '', Math.max(8, width - settings.length - 3))} · ${settings}`, width);
}

/** The beginning and the end of a long id, as on the page: ids of one provider often begin alike. */
const shortenPlain = (id: string): string =>
  id.length > 15 ? `${plain(id.slice(0, 8), 8)}…${plain(id.slice(-5), 5)}` : plain(id, 15);

function text(x: number, y: number, fontSize: number, words: string, fill: string, more = ''): string {
  return `<text x="${x}" y="${y}" font-size="${fontSize}" fill="${fill}" ${more}>${escapeXml(words)}</text>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** A text as it may stand in XML, between tags and in attributes. */
export const escapeXml = (words: string): string => words.replace(/[&<>"']/g, (mark) => entities[mark] ?? '');

/**
 * At most `max` code points of a text, as one line that can be drawn. It is cut first, so that the rest costs the same
 * for any length. What cannot be seen is removed: controls, marks of writing direction, zero-width characters.
 * Halves of surrogate pairs and noncharacters, which XML forbids, become U+FFFD. More than two accents on one letter,
 * which would grow over the lines above, are dropped.
 */
export function plain(words: string, max: number): string {
  const points = [...words.slice(0, 2 * max + 2)];
  const start = points.slice(0, max).join('').toWellFormed();
  const cleaned = start
    .replace(/\s+/gu, ' ')
    .replace(/\p{Noncharacter_Code_Point}/gu, '\uFFFD')
    .replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFC')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .trim();
  return points.length > max ? `${cleaned}…` : cleaned;
}

/** At most `max` characters, the last one … if there were more; never after a space or a mark. */
function cut(words: string, max: number): string {
  const points = [...words];
  if (points.length <= max) return words;
  return `${points
    .slice(0, max - 1)
    .join('')
    .replace(/[\s.,;:…]+$/u, '')}…`;
}

/**
 * A text in lines of at most `width` characters, broken at spaces, or within a word that is longer than a line. What
 * `max` lines do not hold ends in ….
 *
 *     wrap('the old keeper sat', 8, 2)  →  'the old', 'keeper …'
 */
export function wrap(words: string, width: number, max: number): string[] {
  const lines: string[] = [];
  let line: string[] = [];
  for (const word of words.split(' ').map((each) => [...each])) {
    if (line.length > 0 && line.length + 1 + word.length > width) {
      lines.push(line.join(''));
      line = [];
    }
    line = line.length === 0 ? word : [...line, ' ', ...word];
    while (line.length > width) lines.push(line.splice(0, width).join(''));
  }
  lines.push(line.join(''));
  return lines.length <= max ? lines : [...lines.slice(0, max - 1), cut(lines.slice(max - 1).join(' '), width)];
}
