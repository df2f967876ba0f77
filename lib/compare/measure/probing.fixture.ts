import { armRequest, plan } from '@/lib/recipe/plan';
import { maxProbeCalls, probeRecipe } from '@/lib/recipe/probe';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { RunProblem, TokenInfo } from '@/lib/run/events';
import type { EndedRun, FailedRun, RunRecord } from '@/lib/run/record';
import { aProblem, ended } from '@/lib/run/records.fixture';
import { nextCalls } from './probe';

/** A call as a server of a test sees it: what it asks, its number among all, and how many are made with it. */
export type Asked = { request: ChatRequest; call: number; atOnce: number };
/** What it answers: how a run ended, or a refusal. */
export type Answer = Partial<EndedRun> | { refuses: Partial<RunProblem> };

const token = (alternatives: number): TokenInfo => ({
  token: 'a',
  logprob: -1,
  bytes: null,
  top_logprobs: Array.from({ length: alternatives }, () => ({ token: 'b', logprob: -2, bytes: null })),
});

/** Logprobs as they are asked for. */
export const tokensFor = ({ logprobs, top_logprobs = 0 }: ChatRequest): Partial<EndedRun> =>
  logprobs ? { tokens: [token(top_logprobs)] } : {};

/** Probes a server, and gives its recipe, its records, and its calls round by round. */
export function probing(answer: (asked: Asked) => Answer) {
  const recipe = probeRecipe('stub', 'm');
  const runs: RunRecord[] = [];
  const rounds: number[][] = [];
  for (let next = nextCalls(recipe, runs); next.length > 0; next = nextCalls(recipe, runs)) {
    rounds.push(next);
    const before = runs.length;
    if (before + next.length > maxProbeCalls) throw new Error('A probe makes too many calls.');
    const answers = next.map((run, at) => {
      const asked = { request: armRequest(recipe, run - 1), call: before + at + 1, atOnce: next.length };
      return recordOf(recipe, run, answer(asked));
    });
    runs.push(...answers);
  }
  return { recipe, runs: runs.sort((a, b) => a.run - b.run), rounds };
}

function recordOf(recipe: Recipe, run: number, answer: Answer): EndedRun | FailedRun {
  const { arm, seed, model } = plan(recipe)[run - 1] ?? { arm: 0, seed: null, model: 'm' };
  const spec = { run, arm, repeat: 1, seed, model };
  if (!('refuses' in answer)) return ended(run, '', { ...spec, ...answer });
  const error = { ...aProblem('bad_request'), status: 400, ...answer.refuses };
  return { ...spec, status: 'failed', text: '', error };
}
