import { plan } from '@/lib/recipe/plan';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { Endpoint, RunEnd, RunEvent, RunProblem } from './events';
import { applyEvent, type Experiment } from './fold';
import type { EndedRun, FailedRun, RunRecord } from './record';
import type { SavedExperiment } from './saved';

/** Builders for tests: a small valid value, with the fields that a test is about replaced. */

export const aRequest = (change: Partial<ChatRequest> = {}): ChatRequest => ({
  model: 'seedling-1',
  messages: [{ role: 'user', content: 'Hi' }],
  ...change,
});

export const aRecipe = (change: Partial<Recipe> = {}): Recipe => ({
  v: 1,
  provider: 'seedling',
  request: aRequest(),
  repeats: 1,
  ...change,
});

export const anEndpoint: Endpoint = { origin: 'http://127.0.0.1:8281', path: '/v1' };

const spec = (run: number) => ({ run, arm: 0, repeat: run, seed: null, model: 'seedling-1' });
const timing = { queuedMs: 0, firstTextMs: 5, totalMs: 1800 };

export const queued = (run: number): RunRecord => ({ ...spec(run), status: 'queued', text: '' });

export const running = (run: number, text: string): Extract<RunRecord, { status: 'running' }> => ({
  ...spec(run),
  status: 'running',
  text,
});

export const ended = (run: number, text: string, change: Partial<EndedRun> = {}): EndedRun => ({
  ...spec(run),
  status: 'ended',
  text,
  finish: 'stop',
  servedModel: 'seedling-1',
  fingerprints: [],
  usage: null,
  requestId: null,
  attempts: 1,
  timing,
  ...change,
});

/** Runs 1, 2, 3 … that ended with these texts. */
export const endedWith = (...texts: string[]): EndedRun[] => texts.map((text, index) => ended(index + 1, text));

export const aProblem = (code: string): RunProblem => ({
  code,
  message: 'Something failed.',
  status: null,
  param: null,
  retryable: true,
});

export const failed = (run: number, code: string, text = ''): FailedRun => ({
  ...spec(run),
  status: 'failed',
  text,
  error: aProblem(code),
});

export const anExperiment = (runs: RunRecord[], running: boolean): Experiment => ({
  id: 'x',
  recipe: aRecipe({ repeats: Math.max(1, runs.length) }),
  runs,
  running,
});

/** An experiment that has been saved, with two runs unless others are given. */
export function aSaved(change: Partial<SavedExperiment> = {}): SavedExperiment {
  const runs = change.runs ?? endedWith('the cat', 'the dog');
  return {
    id: 'k3f9x2ab',
    recipe: aRecipe({ repeats: Math.max(1, runs.length) }),
    title: null,
    createdAt: '2026-03-12T14:05:09.123Z',
    sharedAt: null,
    parent: null,
    origin: 'run',
    runs,
    ...change,
  };
}

export const experimentStart = (recipe: Recipe): RunEvent => ({
  type: 'experiment-start',
  id: 'x',
  recipe,
  runs: plan(recipe),
});

export const runEnd = (run: number, change: Partial<RunEnd> = {}): RunEnd => ({
  type: 'run-end',
  run,
  finish: 'stop',
  model: 'seedling-1-exact',
  fingerprints: ['fp_1'],
  usage: { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 },
  requestId: 'req_1',
  attempts: 1,
  timing,
  ...change,
});

export const runError = (run: number, code: string): RunEvent => ({ type: 'run-error', run, error: aProblem(code) });

/** The experiment after each event, in order. The first event must be experiment-start. */
export function statesOf(events: readonly RunEvent[]): Experiment[] {
  const states: Experiment[] = [];
  for (const event of events) {
    const next = applyEvent(states.at(-1) ?? null, event);
    if (next) states.push(next);
  }
  return states;
}

export function foldAll(events: readonly RunEvent[]): Experiment {
  const last = statesOf(events).at(-1);
  if (!last) throw new Error('No experiment-start among the events.');
  return last;
}
