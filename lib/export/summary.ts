import { byImportance, type Check, type NotBegun } from '@/lib/gate/check';
import type { CaseResult } from '@/lib/gate/judge';
import { counted } from '@/lib/words/english';
import { notBegunSaid, sayCase, sayCounts, sayOutcome } from '@/lib/words/gate';
import { escapeInline, table } from './markdown';

/** GitHub loses the whole summary of a job above 1,024 KiB; other steps of the job may write into it, too. */
const maxBytes = 900_000;

/**
 * A check as Markdown, for the summary of a job or a comment: counts first, then the cases, most important first; those not begun
 * last.
 */
export function toSummary({ suite, title, results, notBegun, stopped }: Check): string {
  const head = [
    `## ${escapeInline(title ?? suite)}`,
    `${stopped ? 'Stopped before its end. ' : ''}${escapeInline(
      sayCounts(
        results.map(({ outcome }) => outcome),
        notBegun.length,
      ),
    )}`,
  ].join('\n\n');
  const rows = [...byImportance(results).map(rowOf), ...notBegun.map(emptyRowOf)];
  const shown = asManyAsFit(rows, maxBytes - bytesOf(head) - 1000);
  const hidden = rows.length - shown;
  return [
    head,
    ...(shown > 0 ? [table(['Case', 'Outcome', 'What the runs show'], rows.slice(0, shown))] : []),
    ...(hidden > 0 ? [`${counted(hidden, 'more case')} would not fit here.`] : []),
    '',
  ].join('\n\n');
}

const rowOf = (result: CaseResult): string[] => {
  const { id, outcome } = result;
  const word = outcome === 'holds' ? sayOutcome[outcome] : `**${sayOutcome[outcome]}**`;
  return [escapeInline(id), word, escapeInline(sayCase(result))];
};

const emptyRowOf = ({ id }: NotBegun): string[] => [escapeInline(id), '**not begun**', notBegunSaid];

function asManyAsFit(rows: readonly string[][], most: number): number {
  let bytes = 0;
  const first = rows.findIndex((cells) => {
    bytes += bytesOf(cells.join(' | ')) + 5;
    return bytes > most;
  });
  return first < 0 ? rows.length : first;
}

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;
