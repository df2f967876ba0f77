import { groupTexts } from '@/lib/compare/groups';
import { isComparable } from '@/lib/compare/comparable';
import { describeRuns } from '@/lib/compare/verdict';
import type { SavedExperiment } from '@/lib/run/saved';

/** The colours of app/globals.css in light. */
const ink = '#16181d';
const dim = '#5b626d';
const hairline = '#d9dce1';
const accent = '#1459c7';
const variants = ['#165fd9', '#a53610', '#5b605f', '#9b50a0', '#061433', '#5a0d17'];
const rest = '#5b626d';

const width = 1200;
const margin = 64;

/**
 * The preview image of an experiment as SVG, 1200 × 630: the verdict, the prompt, a cell for each run with the letter of
 * its text, the settings and the fingerprints. All text is cut before it is looked at, whatever its length.
 */
export function previewSvg({ recipe, runs, title }: SavedExperiment): string {
  const { request } = recipe;
  const prompt = request.messages.findLast(({ role }) => role === 'user')?.content ?? '';
  const verdict = wrap(describeRuns(recipe, runs).sentence, 42, 3);
  const asked = wrap(title ? `${title}: ${prompt}` : prompt, 66, 2);
  const seed = typeof request.seed === 'number' ? `seed ${request.seed}` : 'no seed';
  const facts = [
    request.model,
    request.temperature === undefined ? null : `T ${request.temperature}`,
    recipe.arms ? 'settings varied' : seed,
    `${runs.length} ${runs.length === 1 ? 'run' : 'runs'}`,
  ];
  const prints = [...new Set(runs.flatMap((run) => (run.status === 'ended' ? run.fingerprints : [])))];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="630" viewBox="0 0 ${width} 630">
<rect width="${width}" height="630" fill="#ffffff"/><rect width="${width}" height="12" fill="${accent}"/>
${sprout}
<text x="112" y="82" font-family="DejaVu Sans" font-weight="bold" font-size="30" fill="${ink}">Seedbed</text>
${lines(verdict, 172, 42, ink, true)}
${lines(asked, 172 + verdict.length * 54 + 6, 27, dim, false)}
${strip(runs, 420)}
${lines([cut(facts.filter(Boolean).join(' · '), 66)], 540, 27, ink, false)}
${lines([cut(sayFingerprints(prints), 84)], 584, 21, dim, false)}
</svg>`;
}

const sprout = `<g fill="none" stroke="${accent}" stroke-width="4" stroke-linecap="round"><path d="M84 86V64M68 86h32"/><path d="M84 66c0-10-6-15-17-15 0 10 6 15 17 15zM84 62c0-9 6-14 16-14 0 9-6 14-16 14z"/></g>`;

function lines(texts: readonly string[], top: number, size: number, fill: string, bold: boolean): string {
  return texts
    .map(
      (text, line) =>
        `<text x="${margin}" y="${top + line * size * 1.28}" xml:space="preserve" font-family="DejaVu Sans Mono" font-weight="${bold ? 'bold' : 'normal'}" font-size="${size}" fill="${fill}">${escapeXml(text)}</text>`,
    )
    .join('\n');
}

/** A cell for each run, in the colour and with the letter of its text; a dash for runs that are left out. */
function strip(runs: SavedExperiment['runs'], top: number): string {
  const most = 50;
  const letterOf = new Map(
    groupTexts(runs.filter(isComparable)).flatMap(({ letter, runs: those }) => those.map((run) => [run, letter])),
  );
  const shown = runs.slice(0, most);
  const perLine = 25;
  const size = shown.length > perLine ? 34 : Math.min(60, (width - 2 * margin) / shown.length - 8);
  const cells = shown.map(({ run }, index) => {
    const letter = letterOf.get(run) ?? '–';
    const x = margin + (index % perLine) * (size + 8);
    const y = top + Math.floor(index / perLine) * (size + 8);
    const colour = letter === '–' ? hairline : (variants[letter.length === 1 ? letter.charCodeAt(0) - 65 : 99] ?? rest);
    return `<rect x="${x}" y="${y}" width="${size}" height="${size}" rx="6" fill="${colour}"/><text x="${x + size / 2}" y="${y + size * 0.68}" text-anchor="middle" font-family="DejaVu Sans" font-weight="bold" font-size="${size * 0.5}" fill="${letter === '–' ? ink : '#ffffff'}">${letter}</text>`;
  });
  const more = runs.length - shown.length;
  const moreText = `<text x="${width - margin}" y="${top - 12}" text-anchor="end" font-family="DejaVu Sans" font-size="20" fill="${dim}">+ ${more} more</text>`;
  return cells.join('\n') + (more > 0 ? moreText : '');
}

const sayFingerprints = (all: readonly string[]): string => {
  if (all.length === 0) return 'no fingerprint reported';
  return all.slice(0, 3).join('  ') + (all.length > 3 ? `  and ${all.length - 3} more` : '');
};

/**
 * In DejaVu Sans Mono all characters are 0.602 em wide, so that lines can be broken by counting. Words in at most `most`
 * lines of at most `length` characters; what does not fit ends in "…".
 */
function wrap(text: string, length: number, most: number): string[] {
  const words = cut(text, length * most).split(' ');
  const broken = [''];
  for (const word of words) {
    const line = broken.at(-1) ?? '';
    const joined = line === '' ? word : `${line} ${word}`;
    if ([...joined].length <= length) broken[broken.length - 1] = joined;
    else if ([...word].length <= length) broken.push(word);
    else
      broken.push(
        [...word]
          .slice(0, length - 1)
          .join('')
          .concat('…'),
      );
  }
  const kept = broken.filter(Boolean).slice(0, most);
  if (broken.filter(Boolean).length <= most) return kept;
  return kept.with(-1, `${[...(kept.at(-1) ?? '')].slice(0, length - 1).join('')}…`);
}

/** At most so many characters, on one line, of those that can be drawn: what the font lacks becomes a box. */
function cut(text: string, most: number): string {
  const drawable = text
    .slice(0, most * 4)
    .toWellFormed()
    .replaceAll(/\s+/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Mn}\p{Me}]/gu, '')
    .replaceAll(/[^\u0020-\u052f\u1e00-\u22ff\u2500-\u27bf\ufffd]/gu, '□')
    .trim();
  const characters = [...drawable];
  return characters.length <= most ? drawable : `${characters.slice(0, most - 1).join('')}…`;
}

const escapeXml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
