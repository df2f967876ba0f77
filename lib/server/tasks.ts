import type { Drift } from '@/lib/api/drift';
import type { ExchangeResponse } from '@/lib/api/exchange';
import type { ExperimentResponse, OwnResponse } from '@/lib/api/experiment';
import type { Summary } from '@/lib/api/experiments';
import type { ExportFormat } from '@/lib/api/formats';
import { drift } from '@/lib/compare/measure/drift';
import { probeFindings } from '@/lib/compare/measure/probe';
import { compareReplay } from '@/lib/compare/measure/replay';
import { toComparison } from '@/lib/export/comparison';
import { toDrift } from '@/lib/export/drift';
import type { Import } from '@/lib/export/import';
import { toReplay } from '@/lib/export/replay';
import type { Problem } from '@/lib/http/problem';
import type { Result } from '@/lib/result';
import type { SavedExperiment } from '@/lib/run/saved';
import { isUnreadable } from '@/lib/store/store';
import type { Asked, Told } from './aside';
import { badgeSvg } from './badge';
import { exchangeIn } from './exchange-in';
import { writeFile } from './export-file';
import { readImport } from './import-file';
import { type Page, pageOf } from './page-of';
import { drawPreview } from './preview';
import { summarize } from './summary';
import { readShown, readWhole, type Unread } from './unread';

/*
 * What may take long, by name: the texts of one experiment are up to 64 MiB, and how long they take to read, to compare and to
 * write depends on what is in them. Arguments and results are such as `structuredClone` can copy; bytes are handed over.
 */

/** An answer of the API as it is sent. */
const written = <T extends object>(answer: T): Uint8Array => new TextEncoder().encode(JSON.stringify(answer));

type About = { own: boolean; recipeHash: string; running: boolean };

const experiment = (unread: Unread, { own, recipeHash, running }: About, parent: Unread | null): Uint8Array => {
  const saved = readShown(unread);
  const { recipe, runs, ...head } = saved;
  return written<ExperimentResponse>({
    ...{ ...head, own, recipe, recipeHash, runs },
    comparison: toComparison(recipe, runs),
    replay: parent && toReplay(compareReplay(readShown(parent), { ...saved, running })),
    probe: probeFindings(recipe, runs),
  });
};

const own = (answer: Omit<OwnResponse, 'parent'>, parent: Unread | null): Uint8Array =>
  written<OwnResponse>({ ...answer, parent: parent && readShown(parent) });

const page = (unread: Unread, parent: Unread | null, running: boolean, compared: boolean): Page =>
  pageOf(readShown(unread), parent && readShown(parent), running, compared);

/** What a newer version has kept, or what is damaged, is left out of the timeline of others. */
const timeline = (all: readonly Unread[]): Drift => toDrift(drift(all.flatMap(shownIfReadable)));

function shownIfReadable(unread: Unread): SavedExperiment[] {
  try {
    return [readShown(unread)];
  } catch (error) {
    if (isUnreadable(error)) return [];
    throw error;
  }
}

const summary = (unread: Unread): Summary => summarize(readShown(unread));

const exchange = (unread: Unread, run: string, site: string): ExchangeResponse | null =>
  exchangeIn(readWhole(unread), run, site);

const file = (format: ExportFormat, unread: Unread, openUrl: string | null): Uint8Array | null =>
  writeFile(format, readWhole(unread), openUrl);

const imported = (body: Uint8Array): Result<Import, Problem> => readImport(body);

const preview = (unread: Unread): Promise<Uint8Array> => drawPreview(readShown(unread));

const badge = (unread: Unread): string => badgeSvg(readShown(unread));

export const tasks = { experiment, own, page, drift: timeline, summary, exchange, file, imported, preview, badge };
export type TaskName = keyof typeof tasks;

/** Does a task by its name. What is asked comes from `Aside.do`, whose types hold that the arguments are those of the task. */
export async function doTask({ name, given }: { name: TaskName; given: readonly unknown[] }): Promise<unknown> {
  const task = tasks[name] as (...given: readonly unknown[]) => unknown;
  return task(...given);
}

/** What there is to tell of a task that is to be done. */
export const outcomeOf = (asked: Asked): Promise<Told> =>
  doTask(asked).then(
    (value): Told => ({ kind: 'done', value }),
    (error: unknown): Told =>
      isUnreadable(error)
        ? { kind: 'unreadable' }
        : { kind: 'failed', message: error instanceof Error ? error.message : String(error) },
  );

/** What of an outcome need not be copied to be handed over: bytes that share their memory with nothing else. */
export function movedOf(told: Told): ArrayBuffer[] {
  if (told.kind !== 'done' || !(told.value instanceof Uint8Array)) return [];
  const { buffer, byteLength } = told.value;
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength ? [buffer] : [];
}
