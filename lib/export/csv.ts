import { compareRuns } from '@/lib/compare/comparison';
import { urlOf } from '@/lib/run/events';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { sha256Hex } from './digest';

type Cell = string | number | bigint | null | undefined;

/** A run with its arm's label and the letter of its text. */
type Row = { run: RunRecord; label: string | undefined; letter: string | undefined; imported: boolean };

const ended = ({ run }: Row) => (run.status === 'ended' ? run : null);
const error = ({ run }: Row) => (run.status === 'failed' ? run.error : null);

/** Where a run was sent; empty if it never was, or if that was not recorded. */
function endpointOf(run: RunRecord): Cell {
  if (run.status === 'queued' || run.endpoint === undefined) return null;
  return run.endpoint === null ? 'inside Seedbed' : urlOf(run.endpoint);
}

/** The columns in their order, new ones last. Runs count from 1, arms from 0; times are milliseconds. */
const columns: [name: string, (row: Row) => Cell][] = [
  ['run', ({ run }) => run.run],
  ['arm', ({ run }) => run.arm],
  ['label', ({ label }) => label],
  ['seed', ({ run }) => (run.seed === null ? null : BigInt(run.seed))],
  ['model_asked', ({ run }) => run.model],
  ['model_served', ({ run }) => ('servedModel' in run ? run.servedModel : null)],
  ['status', ({ run }) => run.status],
  ['finish', (row) => ended(row)?.finish],
  ['group', ({ letter }) => letter],
  ['sha256', ({ run }) => (run.text === '' ? null : sha256Hex(run.text))],
  ['fingerprints', ({ run }) => ('fingerprints' in run ? run.fingerprints?.join(' ') : null)],
  ['prompt_tokens', (row) => ended(row)?.usage?.prompt_tokens],
  ['prompt_tokens_cached', (row) => ended(row)?.usage?.prompt_tokens_details?.cached_tokens],
  ['completion_tokens', (row) => ended(row)?.usage?.completion_tokens],
  ['total_tokens', (row) => ended(row)?.usage?.total_tokens],
  ['first_text_ms', (row) => ended(row)?.timing.firstTextMs],
  ['total_ms', (row) => ended(row)?.timing.totalMs],
  ['from_cache', (row) => (ended(row)?.cached ? 'yes' : null)],
  ['attempts', (row) => ended(row)?.attempts],
  ['request_id', (row) => ended(row)?.requestId],
  ['error_code', (row) => error(row)?.code],
  ['error_message', (row) => error(row)?.message],
  ['text', ({ run }) => run.text],
  ['endpoint', ({ run }) => endpointOf(run)],
  ['finish_raw', (row) => ended(row)?.rawFinish],
  ['notes', (row) => ended(row)?.notes?.join(' ')],
  ['reasoning_tokens', (row) => ended(row)?.usage?.completion_tokens_details?.reasoning_tokens],
  ['reasoning', ({ run }) => run.reasoning],
  ['seed_served', (row) => ended(row)?.servedSeed],
  ['key', ({ run }) => (run.status === 'queued' ? null : run.key)],
  ['imported', ({ imported }) => (imported ? 'yes' : null)],
  ['in_flight', (row) => ended(row)?.inFlight],
];

/**
 * A table with one row per run, after RFC 4180: commas, CRLF, quotes doubled. `group` is the letter of the run's text in
 * the comparison, empty for runs that are left out of it. What stands in an `imported` row is what a file says. A cell of text that a spreadsheet would read as a formula gets
 * an apostrophe before it: `=1+1` becomes `'=1+1`.
 */
export function toCsv({ recipe, runs, origin }: SavedExperiment): string {
  const { groups } = compareRuns(recipe, runs);
  const letters = new Map(groups.flatMap(({ letter, runs }) => runs.map((run) => [run, letter])));
  const imported = origin === 'import';
  const rows = runs.map((run) => ({
    run,
    label: recipe.arms?.[run.arm]?.label,
    letter: letters.get(run.run),
    imported,
  }));
  return [columns.map(([name]) => name), ...rows.map((row) => columns.map(([, read]) => read(row)))]
    .map((cells) => `${cells.map(writeCell).join(',')}\r\n`)
    .join('');
}

/** Numbers stay numbers, even below zero: only text can be a formula that somebody slipped in. */
function writeCell(cell: Cell): string {
  if (typeof cell !== 'string') return String(cell ?? '');
  const harmless = /^[=+\-@\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
