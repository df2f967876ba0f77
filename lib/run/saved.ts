import { plan } from '@/lib/recipe/plan';
import { isProbe, knownAtStart } from '@/lib/recipe/probe';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from './events';
import type { Experiment } from './fold';
import { isOver, type OverRun, type RunRecord } from './record';
import type { SavedExperiment } from './schema';

export type { SavedExperiment } from './schema';

/**
 * An experiment without its recipe and runs. `own` is whether the browser that requests it created it, `deletedAfter` when it will be
 * deleted: null for never, absent if that is not known.
 */
export type SavedHead = Omit<SavedExperiment, 'recipe' | 'runs'> & { own: boolean; deletedAfter?: string | null };

/** All runs of a recipe: those that are over as they were stored, the rest as queued. Of a probe only what it asked. */
export function fillIn(recipe: Recipe, over: readonly OverRun[]): RunRecord[] {
  if (isProbe(recipe)) return [...over];
  const records = new Map(over.map((record) => [record.run, record]));
  return plan(recipe).map((spec) => records.get(spec.run) ?? { ...spec, status: 'queued', text: '' });
}

/**
 * The events that lead to an experiment as it is, the inverse of folding: folding them gives the experiment back. Queued
 * runs have none.
 */
export function eventsOf({ id, recipe, runs, running }: Experiment): RunEvent[] {
  return [
    { type: 'experiment-start', id, recipe, runs: knownAtStart(recipe) },
    ...runs.flatMap(eventsOfRun),
    ...(running ? [] : [{ type: 'experiment-end' as const, id }]),
  ];
}

/** The events of one run: its start, what it waits for, its text, its end. */
export function eventsOfRun(record: RunRecord): RunEvent[] {
  if (record.status === 'queued') return [];
  const { run, text, reasoning, tokens, endpoint, streamed, key } = record;
  const sent = {
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(streamed === undefined ? {} : { streamed }),
    ...(key === undefined ? {} : { key }),
  };
  const events: RunEvent[] = [{ type: 'run-start', run, ...sent }];
  if (record.status === 'running' && record.wait) events.push({ type: 'run-wait', run, ...record.wait });
  if (text !== '' || reasoning !== undefined || tokens)
    events.push({
      ...{ type: 'text-delta', run, text },
      ...(reasoning === undefined ? {} : { reasoning }),
      ...(tokens ? { tokens } : {}),
    });
  return isOver(record) ? [...events, endOf(record)] : events;
}

function endOf(record: OverRun): RunEvent {
  const { run } = record;
  if (record.status === 'failed') {
    const { error, servedModel: model, fingerprints, attempts } = record;
    return {
      ...{ type: 'run-error', run, error },
      ...(model === undefined ? {} : { model }),
      ...(fingerprints === undefined ? {} : { fingerprints }),
      ...(attempts === undefined ? {} : { attempts }),
    };
  }
  const {
    finish,
    servedModel: model,
    fingerprints,
    usage,
    requestId,
    attempts,
    timing,
    cached,
    servedSeed,
    rawFinish,
    notes,
  } = record;
  return {
    ...{ type: 'run-end', run, finish, model, fingerprints, usage, requestId, attempts, timing },
    ...(cached === undefined ? {} : { cached }),
    ...(servedSeed === undefined ? {} : { servedSeed }),
    ...(rawFinish === undefined ? {} : { rawFinish }),
    ...(notes === undefined ? {} : { notes }),
  };
}
