import { differenceFrom, type Part } from '@/lib/compare/align/diff';
import { groupTexts } from '@/lib/compare/align/groups';
import { sharedShare } from '@/lib/compare/align/places';
import { splitWords } from '@/lib/compare/align/words';
import { isComparable } from '@/lib/compare/measure/comparable';
import { defined } from '@/lib/defined';
import type { RunRecord } from '@/lib/run/record';
import { sayRuns } from '@/lib/words/runs';
import { barred, harmless, paint, showParts } from './text';
import type { World } from './world';

/** A column narrower than this has too few words in a line to be read. */
export const narrowest = 32;

/**
 * The variants of an experiment, most common first, with what differs from the first marked: side by side where the terminal is
 * wide enough and marks by colour alone, which take no room; otherwise one below the other.
 */
export function showVariants(runs: readonly RunRecord[], world: World): string {
  const groups = groupTexts(runs.filter(isComparable));
  const difference = differenceFrom(splitWords(groups[0]?.text ?? ''));
  const variants = groups.map(({ letter, runs, text }) => ({
    head: `${letter}  ${sayRuns(runs)}`,
    parts: readable(difference(splitWords(text)), text),
  }));
  const width = Math.floor((world.columns ?? 0) / Math.max(variants.length, 1)) - 2;
  if (variants.length > 1 && width >= narrowest && world.colour) return sideBySide(variants, width, world);
  return variants
    .map(({ head, parts }) => `${paint(world, 'bold', head)}\n${barred(showParts(world, parts))}`)
    .join('\n\n');
}

/** A text that shares less than half with what it is compared with is read as it is. */
export const readable = (parts: readonly Part[], text: string): readonly Part[] =>
  sharedShare(parts).share < 0.5 ? [{ kind: 'same', text }] : parts;

type Column = { head: string; parts: readonly Part[] };

/** Columns of a width, with two spaces between; of texts with more lines than `most`, the last ones. */
export function sideBySide(
  shown: readonly Column[],
  width: number,
  world: Pick<World, 'colour'>,
  most = Number.POSITIVE_INFINITY,
): string {
  const columns = shown.map(({ head, parts }) => [
    { shown: paint(world, 'bold', head.slice(0, width)), length: Math.min(head.length, width) },
    ...wrap(parts, width, world).slice(-most),
  ]);
  const height = Math.max(...columns.map(({ length }) => length));
  return Array.from({ length: height }, (_, row) =>
    columns
      .map((lines) => {
        const { shown, length } = lines[row] ?? { shown: '', length: 0 };
        return shown + ' '.repeat(width + 2 - length);
      })
      .join('')
      .trimEnd(),
  ).join('\n');
}

type Line = { shown: string; length: number };

/** The parts of a text in lines of at most so many characters, each piece in its colours; longer words are broken. */
function wrap(parts: readonly Part[], width: number, world: Pick<World, 'colour'>): Line[] {
  const lines: Line[] = [{ shown: '', length: 0 }];
  for (const { kind, text } of parts.flatMap((part) => piecesOf(part, width))) {
    const fits = text !== '\n' && (lines.at(-1)?.length ?? 0) + text.length <= width;
    if (!fits) lines.push({ shown: '', length: 0 });
    const line = defined(lines.at(-1));
    const piece = line.length === 0 ? text.trimStart() : text;
    line.shown += kind === 'same' ? harmless(piece) : showParts(world, [{ kind: 'added', text: piece }]);
    line.length += piece.length;
  }
  return lines;
}

/** A part in words with the white space before them, none longer than a line, and line ends. */
const piecesOf = ({ kind, text }: Part, width: number): Pick<Part, 'kind' | 'text'>[] =>
  (text.match(/\n|[^\S\n]*\S+|[^\S\n]+/g) ?? [])
    .flatMap((piece) => piece.match(new RegExp(`.{1,${width}}`, 'gs')) ?? [])
    .map((piece) => ({ kind, text: piece }));
