import type { Comparison } from '@/lib/api/comparison';
import type { Drift } from '@/lib/api/drift';
import type { Summary } from '@/lib/api/experiments';
import type { ExportFormat } from '@/lib/api/formats';
import { drift } from '@/lib/compare/measure/drift';
import { type Against, type SideBySide, sideBySide, unmarkedSideBySide } from '@/lib/compare/side-by-side';
import { toComparison } from '@/lib/export/comparison';
import { toDrift } from '@/lib/export/drift';
import type { Import } from '@/lib/export/import';
import type { Problem } from '@/lib/http/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Result } from '@/lib/result';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { badgeSvg } from './badge';
import { writeFile } from './export-file';
import { readImport } from './import-file';
import { drawPreview } from './preview';
import { summarize } from './summary';

/*
 * What may take long, by name: the texts of one experiment are up to 64 MiB, and how long they take to compare depends on what
 * is in them. Arguments and results are such as `structuredClone` can copy.
 */

/** More marks than this are left to the browser: a page with them would take seconds to make, and be megabytes. */
const maxMarks = 4000;

/** What the columns show; `marked`: with the differences in them, if those are not too many. */
function view(experiment: Experiment, against: Against, marked: boolean): SideBySide {
  const whole = marked ? sideBySide(experiment, against) : unmarkedSideBySide(experiment, against);
  const marks = whole.columns.reduce((sum, { parts }) => sum + parts.length, 0);
  if (marked && marks <= maxMarks) return whole;
  // Without parts a column shows its run's text as it is.
  const columns = whole.columns.map((column) => ({ ...column, parts: [] }));
  return { ...whole, columns, marked: 'differences', places: [], baseText: null };
}

const timeline = (all: readonly SavedExperiment[]): Drift => toDrift(drift(all));

const comparison = (recipe: Recipe, runs: readonly RunRecord[]): Comparison => toComparison(recipe, runs);

const summary = (saved: SavedExperiment): Summary => summarize(saved);

const file = (format: ExportFormat, saved: SavedExperiment, openUrl: string | null): string | null =>
  writeFile(format, saved, openUrl);

const imported = (body: Uint8Array): Result<Import, Problem> => readImport(body);

const preview = (saved: SavedExperiment): Promise<Uint8Array> => drawPreview(saved);

const badge = (saved: SavedExperiment): string => badgeSvg(saved);

export const tasks = { view, drift: timeline, comparison, summary, file, imported, preview, badge };
export type TaskName = keyof typeof tasks;

/** How many characters the runs of an experiment have, a token with its alternatives counted as twenty. */
export const weightOf = (runs: readonly RunRecord[]): number =>
  runs.reduce(
    (sum, { text, reasoning = '', tokens = [] }) => sum + text.length + reasoning.length + 20 * tokens.length,
    0,
  );

/** Does a task by its name. What is asked comes from `Aside.do`, whose types hold that the arguments are those of the task. */
export async function doTask({ name, given }: { name: TaskName; given: readonly unknown[] }): Promise<unknown> {
  const task = tasks[name] as (...given: readonly unknown[]) => unknown;
  return task(...given);
}
