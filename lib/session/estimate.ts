import { armRequests } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { Draft } from './draft';
import { fillFrom } from './settings';
import { armsOf } from './vary';

/**
 * What a form asks for before it is run. `tokens`: the maximum that may come back over all calls, null if that is not
 * limited; `free`: none of it costs anything.
 */
export type Estimate = { calls: number; tokens: number | null; free: boolean };

/** More calls or tokens than this have to be confirmed, if they may cost something. */
const manyCalls = 20;
const manyTokens = 20_000;

/** What a form asks for, from a provider that is free or not; null while the form cannot be read. */
export function estimate(draft: Draft, free: boolean): Estimate | null {
  const calls = countRuns(draft);
  return calls === null ? null : { calls, tokens: countTokens(columnsOf(draft), calls), free };
}

/** The same of a recipe that the form stands for, which may ask for more than the form can show. */
export function estimateRecipe(recipe: Recipe, free: boolean): Estimate {
  const arms = armRequests(recipe);
  const calls = arms.length * recipe.repeats;
  return { calls, tokens: countTokens(arms, calls), free };
}

/** Whether so much is asked for that it should be confirmed. */
export const isMuch = ({ calls, tokens }: Pick<Estimate, 'calls' | 'tokens'>): boolean =>
  calls > manyCalls || (tokens ?? 0) > manyTokens;

/** How many calls a form asks for; null while the form cannot be read. */
export function countRuns(draft: Draft): number | null {
  const runs = Number(draft.runs);
  if (!Number.isInteger(runs) || runs < 1) return null;
  return runs * countArms(draft, runs) * (draft.dispatch === 'both' ? 2 : 1);
}

/** One for "seed", where the runs are the seeds. Two settings are two even while they are still the same. */
function countArms(draft: Draft, runs: number): number {
  if (draft.vary === 'seed') return 1;
  if (draft.vary === 'two') return 2;
  const arms = armsOf(draft, runs);
  return arms.ok && arms.value ? arms.value.length : 1;
}

const columnsOf = ({ vary, settings, other }: Draft) =>
  vary === 'two' ? [settings, fillFrom(settings, other)] : [settings];

/** As they are typed, or as they are sent. */
type Limits = { max_completion_tokens?: string | number | undefined; max_tokens?: string | number | undefined };

function countTokens(asked: readonly Limits[], calls: number): number | null {
  const limits = asked.map(({ max_completion_tokens, max_tokens }) => Number(max_completion_tokens || max_tokens));
  if (!limits.every((limit) => Number.isInteger(limit) && limit > 0)) return null;
  return (calls / limits.length) * limits.reduce((sum, limit) => sum + limit, 0);
}
