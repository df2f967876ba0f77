import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from './events';
import type { Experiment } from './fold';
import { isOver, type OverRun, type RunRecord } from './record';
import type { SavedExperiment } from './schema';

export type { SavedExperiment } from './schema';

/** An experiment without its recipe and runs. `own` is whether the browser that requests it created it. */
export type SavedHead = Omit<SavedExperiment, 'recipe' | 'runs'> & { own: boolean };

/** All runs of a recipe: those that are over as they were stored, the rest as queued. */
export function fillIn(recipe: Recipe, over: readonly OverRun[]): RunRecord[] {
  const records = new Map(over.map((record) => [record.run, record]));
  return plan(recipe).map((spec) => records.get(spec.run) ?? { ...spec, status: 'queued', text: '' });
}

/**
 * The events that lead to an experiment as it is, the inverse of folding: folding them gives the experiment back. Queued
 * runs have none.
 */
export function eventsOf({ id, recipe, runs, running }: Experiment): RunEvent[] {
  return [
    { type: 'experiment-start', id, recipe, runs: plan(recipe) },
    ...runs.flatMap(eventsOfRun),
    ...(running ? [] : [{ type: 'experiment-end' as const, id }]),
  ];
}

/** The events of one run: its start, its text, its end. */
export function eventsOfRun(record: RunRecord): RunEvent[] {
  const { run, text, tokens } = record;
  if (record.status === 'queued') return [];
  const { endpoint } = record;
  const events: RunEvent[] = [{ type: 'run-start', run, ...(endpoint === undefined ? {} : { endpoint }) }];
  if (text !== '' || tokens) events.push({ type: 'text-delta', run, text, ...(tokens ? { tokens } : {}) });
  return isOver(record) ? [...events, endOf(record)] : events;
}

function endOf(record: OverRun): RunEvent {
  const { run } = record;
  if (record.status === 'failed') return { type: 'run-error', run, error: record.error };
  const { finish, servedModel: model, fingerprints, usage, requestId, attempts, timing, cached } = record;
  const end = { type: 'run-end' as const, run, finish, model, fingerprints, usage, requestId, attempts, timing };
  return cached ? { ...end, cached } : end;
}
