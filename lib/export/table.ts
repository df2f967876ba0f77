import { z } from 'zod';
import { limits } from '@/lib/recipe/recipe';
import { ok } from '@/lib/result';
import { alternatives, listed } from '@/lib/words/english';
import { sha256Hex } from './digest';
import { type ImportedItem, itemOf, seed, textKeys, usage, word } from './imported-item';
import { type ImportResult, refuse } from './problem';

/** The most that a table may have: a row for each run below the names of its columns. */
const maxRows = limits.runs + 1;
const maxColumns = 200;

/**
 * The rows of a table after RFC 4180, its cells separated by commas, semicolons or tabs, whichever the first line has most of.
 *
 *     readRows('a,b\n1,"x ""y"""')  →  [['a', 'b'], ['1', 'x "y"']]
 */
function readRows(content: string): ImportResult<string[][]> {
  const separator = separatorOf(content);
  // One search for all: of a mark that never comes, each cell would look through the whole file.
  const mark = new RegExp(`${separator}|\\r?\\n`, 'g');
  const rows: Row[] = [];
  let row: string[] = [];
  let start = 0;
  for (let at = 0; at <= content.length; ) {
    const cell = readCell(content, at, mark);
    if (cell === null) return refuse(notWhole, null, lineAt(content, start));
    row.push(cell.text);
    if (row.length > maxColumns) return refuse(`This table has more than ${maxColumns} columns.`);
    at = cell.end + separator.length;
    if (content[cell.end] === separator) continue;
    if (content.startsWith('\r\n', cell.end)) at++;
    if (row.length > 1 || row[0] !== '') rows.push({ cells: row, start });
    start = at;
    if (rows.length > maxRows)
      return refuse(`This table has more than ${limits.runs} rows, which is all that an experiment may have.`);
    row = [];
  }
  const odd = rows.find(({ cells }) => cells.length !== rows[0]?.cells.length);
  return odd ? refuse(notWhole, null, lineAt(content, odd.start)) : ok(rows.map(({ cells }) => cells));
}

/** A row, and the offset at which it begins. */
type Row = { cells: string[]; start: number };

const lineAt = (content: string, offset: number): number => content.slice(0, offset).split('\n').length;

const notWhole = 'This is no whole table: a quote does not close, or its rows are not equally long.';

function separatorOf(content: string): string {
  const [head = ''] = content.split('\n', 1);
  const ranked = [',', ';', '\t'].toSorted((a, b) => head.split(b).length - head.split(a).length);
  return ranked[0] ?? ',';
}

/** The cell that begins at an offset, and where it ends: before a separator, a line break, or the end of all. */
function readCell(content: string, start: number, mark: RegExp): { text: string; end: number } | null {
  if (content[start] !== '"') {
    mark.lastIndex = start;
    const end = mark.exec(content)?.index ?? content.length;
    return { text: content.slice(start, end), end };
  }
  let close = content.indexOf('"', start + 1);
  while (close >= 0 && content[close + 1] === '"') close = content.indexOf('"', close + 2);
  if (close < 0) return null;
  const end = close + 1;
  mark.lastIndex = end;
  if (end < content.length && mark.exec(content)?.index !== end) return null;
  return { text: content.slice(start + 1, close).replaceAll('""', '"'), end };
}

/**
 * Whether content without a name is a table all the same: at least two columns under names like "model_served", and a
 * row. Prose has a space after its commas.
 */
export function looksLikeTable(content: string): boolean {
  const [line = ''] = content.split('\n', 1);
  const rows = readRows(line.trimEnd());
  const [head = []] = rows.ok ? rows.value : [];
  if (head.length < 2 || !head.every((name) => /^[\w.-]{1,60}$/.test(name))) return false;
  const all = readRows(content);
  return all.ok ? all.value.length >= 2 : all.error.message !== notWhole;
}

/** The rows of a table as objects by the names of its columns, in small letters. One column must hold the texts. */
export function readTable(content: string): ImportResult<unknown[]> {
  const rows = readRows(content);
  if (!rows.ok) return rows;
  const [head = [], ...rest] = rows.value;
  const names = head.map((name) => name.trim().toLowerCase());
  if (!textKeys.some((name) => names.includes(name))) return refuse(noTexts(names), null, 1);
  return ok(rest.map((row) => Object.fromEntries(names.map((name, column) => [name, row[column]]))));
}

const noTexts = (names: readonly string[]): string =>
  `This table has no column that holds the texts: call one ${alternatives(textKeys)}. Its columns are ${listed(names)}.`;

const counted = z.string().regex(/^\d+$/).transform(Number);

/** A row of our own table of an experiment (see csv.ts), by its columns. */
const OwnRow = z.object({
  run: counted,
  status: z.enum(['queued', 'running', 'ended', 'failed']),
  group: z.string(),
  sha256: z.string(),
  text: z.string(),
  label: word,
  seed,
  model_asked: word,
  model_served: word,
  finish: word,
  fingerprints: z.string(),
  request_id: word,
  from_cache: z.string(),
  error_code: z.string(),
  error_message: z.string(),
});

const OwnUsage = z.object({ prompt_tokens: counted, completion_tokens: counted, total_tokens: counted });

/**
 * A row of our own table: none, if the run was not over; null, if it is a row of something else. The table has neither the
 * prompt nor the settings but the seed and the model.
 */
export function readOwnRow(value: unknown): ImportedItem[] | null {
  const parsed = OwnRow.safeParse(value);
  if (!parsed.success) return null;
  const { status, text, sha256, fingerprints, request_id, from_cache, error_code, error_message, ...row } = parsed.data;
  if (status === 'queued' || status === 'running') return [];
  const failure = { code: error_code, message: error_message, status: null, param: null, retryable: false };
  return [
    itemOf(unguarded(text, sha256), {
      model: row.model_asked,
      servedModel: row.model_served,
      seed: row.seed,
      label: row.label,
      finish: row.finish,
      fingerprints: fingerprints.split(' ').filter(Boolean),
      usage: usage.parse(OwnUsage.safeParse(value).data ?? null),
      requestId: request_id,
      cached: from_cache === 'yes',
      error: status === 'failed' ? failure : null,
    }),
  ];
}

/** A text without the apostrophe that keeps spreadsheets from taking it for a formula. Its hash tells whose it is. */
const unguarded = (text: string, sha256: string): string =>
  text.startsWith("'") && sha256Hex(text.slice(1)) === sha256 ? text.slice(1) : text;
