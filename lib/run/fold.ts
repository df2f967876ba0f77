import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunEvent } from './events';
import type { RunRecord } from './record';

/**
 * An experiment as far as its events have come. `running` is false once no run is queued or running. With a `playback` it is
 * over, and shown as if it went on.
 */
export type Experiment = { id: string; recipe: Recipe; runs: RunRecord[]; running: boolean; playback?: PlaybackStep };

/**
 * How far a playback has come: `step` words or tokens of each run, `of` so many in the longest. `settled` has, by run that is
 * not shown whole, how many pieces of its text (see `splitWords`) stay as they are when more of it is shown.
 */
export type PlaybackStep = { step: number; of: number; unit: 'word' | 'token'; settled: ReadonlyMap<number, number> };

/** A recipe of which nothing has run yet, as an experiment. */
export const unrun = (recipe: Recipe): Experiment => ({ id: '', recipe, runs: [], running: false });

/**
 * Folds one event into an experiment. Browser, recorder and tests all fold the same events with this function.
 *
 *     null ──experiment-start──▶ runs queued ──run-start──▶ running ──run-wait*, text-delta*──▶ running ──run-end──▶ ended
 *                                                                                                    └──run-error──▶ failed
 *
 * A run-start for a run that is over starts it afresh (it is run again). One for a run that experiment-start did not name, and
 * that the recipe plans, adds it: a probe decides on the way what it asks. Events that do not fit the state change nothing: a
 * delta for a run that has ended, or anything before experiment-start.
 */
export const applyEvent = (experiment: Experiment | null, event: RunEvent): Experiment | null =>
  fold(experiment, event, (runs, index, next) => runs.with(index, next));

/** `change` gives runs of which one is another now. */
function fold(
  experiment: Experiment | null,
  event: RunEvent,
  change: (runs: RunRecord[], index: number, next: RunRecord) => RunRecord[],
): Experiment | null {
  if (event.type === 'experiment-start') {
    const runs = event.runs.map((spec): RunRecord => ({ ...spec, status: 'queued', text: '' }));
    return { id: event.id, recipe: event.recipe, runs, running: true };
  }
  if (experiment === null) return null;
  if (event.type === 'experiment-end') return { ...experiment, running: false };
  const index = indexOf(experiment.runs, event.run);
  const record = experiment.runs[index];
  if (!record) return event.type === 'run-start' ? join(experiment, event) : experiment;
  const next = applyRunEvent(record, event);
  if (next === record) return experiment;
  return { ...experiment, running: true, runs: change(experiment.runs, index, next) };
}

/**
 * An experiment that is folded as its events come. Its runs are copied only after somebody has seen them: to copy a thousand for each
 * event takes longer than the rest.
 */
export class GrowingExperiment {
  private state: Experiment | null = null;
  private seen = false;

  add(event: RunEvent): void {
    const next = fold(this.state, event, (runs, index, record) => {
      if (this.seen) return runs.with(index, record);
      runs[index] = record;
      return runs;
    });
    // What an event leaves as it is may still be what somebody has.
    if (next?.runs !== this.state?.runs) this.seen = false;
    this.state = next;
  }

  /** As it is now. It stays so for whoever has it; null before its experiment-start. */
  get now(): Experiment | null {
    this.seen = true;
    return this.state;
  }

  /** One of its runs. */
  recordOf(run: number): RunRecord | undefined {
    return this.state?.runs[indexOf(this.state.runs, run)];
  }
}

/** Adds a run of the recipe's plan that is started, in its place. */
function join(experiment: Experiment, event: Extract<RunEvent, { type: 'run-start' }>): Experiment {
  const spec = plan(experiment.recipe).find(({ run }) => run === event.run);
  if (!spec) return experiment;
  const runs = [...experiment.runs, applyRunEvent({ ...spec, status: 'queued', text: '' }, event)];
  return { ...experiment, running: true, runs: runs.sort((a, b) => a.run - b.run) };
}

/** Where a run is: at its number, in the plan's order, unless others are missing. To search a thousand for each event takes longer than the rest. */
const indexOf = (runs: readonly RunRecord[], run: number): number =>
  runs[run - 1]?.run === run ? run - 1 : runs.findIndex((record) => record.run === run);

type OneRunEvent = Exclude<RunEvent, { type: 'experiment-start' | 'experiment-end' }>;

function applyRunEvent(record: RunRecord, event: OneRunEvent): RunRecord {
  const { run, arm, repeat, seed, model } = record;
  const spec = { run, arm, repeat, seed, model };
  if (event.type === 'run-start') {
    if (record.status === 'running') return record;
    const { type: _, run: __, ...start } = event;
    return { ...spec, status: 'running', text: '', ...start };
  }
  if (record.status !== 'running') return record;
  if (event.type === 'text-delta') return grow(record, event);
  if (event.type === 'run-wait') {
    const { type: _, run: __, ...wait } = event;
    return { ...record, wait };
  }
  const { wait: ___, ...before } = record;
  if (event.type === 'run-error') {
    const { type: _, run: __, model, ...failure } = event;
    return { ...before, status: 'failed', ...(model === undefined ? {} : { servedModel: model }), ...failure };
  }
  const { type: _, run: __, model: servedModel, ...end } = event;
  return { ...before, status: 'ended', servedModel, ...end };
}

function grow<Growing extends RunRecord>(
  record: Growing,
  { text, reasoning, tokens }: Extract<RunEvent, { type: 'text-delta' }>,
): Growing {
  return {
    ...record,
    text: record.text + text,
    ...(reasoning ? { reasoning: (record.reasoning ?? '') + reasoning } : {}),
    ...(tokens ? { tokens: [...(record.tokens ?? []), ...tokens] } : {}),
  };
}
