import { z } from 'zod';
import { plan } from '@/lib/recipe/plan';
import { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from './events';
import type { Experiment } from './fold';
import { isOver, type OverRun, RunRecord } from './record';

/**
 * An experiment as it is kept, shown under its permalink, exported and imported. `origin` says who vouches for the texts:
 * 'run' — this server asked for them; 'import' — somebody brought them. Times are ISO 8601 in UTC. `parent` is the
 * experiment whose recipe was run again.
 */
export const SavedExperiment = z.object({
  id: z.string(),
  recipe: Recipe,
  title: z.string().nullable(),
  createdAt: z.string(),
  sharedAt: z.string().nullable(),
  parent: z.string().nullable(),
  origin: z.enum(['run', 'import']),
  runs: z.array(RunRecord),
});
export type SavedExperiment = z.infer<typeof SavedExperiment>;

/** What is known of an experiment beside its recipe and runs. `own`: it was made by the browser that asks. */
export type SavedHead = Omit<SavedExperiment, 'recipe' | 'runs'> & { own: boolean };

/** "2026-11-22 17:20 UTC" of an ISO 8601 time in UTC. */
export const sayMinute = (time: string): string => `${time.slice(0, 16).replace('T', ' ')} UTC`;

/** All runs of a recipe: those that are over as they were kept, the rest as queued. */
export function fillIn(recipe: Recipe, over: readonly OverRun[]): RunRecord[] {
  const kept = new Map(over.map((record) => [record.run, record]));
  return plan(recipe).map((spec) => kept.get(spec.run) ?? { ...spec, status: 'queued', text: '' });
}

/**
 * The events that tell of an experiment as it is: the inverse of folding. Folding them gives the experiment back; runs
 * that are queued have none.
 */
export function eventsOf({ id, recipe, runs, running }: Experiment): RunEvent[] {
  return [
    { type: 'experiment-start', id, recipe, runs: plan(recipe) },
    ...runs.flatMap(eventsOfRun),
    ...(running ? [] : [{ type: 'experiment-end' as const, id }]),
  ];
}

/** What tells of one run: its start, its text, its end. */
export function eventsOfRun(record: RunRecord): RunEvent[] {
  const { run, text, tokens } = record;
  if (record.status === 'queued') return [];
  const told: RunEvent[] = [{ type: 'run-start', run }];
  if (text !== '' || tokens) told.push({ type: 'text-delta', run, text, ...(tokens ? { tokens } : {}) });
  return isOver(record) ? [...told, endOf(record)] : told;
}

function endOf(record: OverRun): RunEvent {
  const { run } = record;
  if (record.status === 'failed') return { type: 'run-error', run, error: record.error };
  const { finish, servedModel: model, fingerprints, usage, requestId, attempts, timing, cached } = record;
  const end = { type: 'run-end' as const, run, finish, model, fingerprints, usage, requestId, attempts, timing };
  return cached ? { ...end, cached } : end;
}
