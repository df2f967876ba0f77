import { defined } from '@/lib/defined';
import { canonicalJson } from './canonical';
import { chipOf, parameters, seed } from './parameters';
import { plan, type RunSpec } from './plan';
import type { Arm, ChatRequest, Recipe } from './recipe';

/** A probe sends at most so many calls. */
export const maxProbeCalls = 12;

/** What one call of a probe is there to tell. Those with `alone` are made while no other call of the probe is under way. */
export type ProbeCall = {
  tests: 'seed' | 'other-seed' | 'no-seed' | 'logprobs' | 'temperature' | 'top_p';
  alone?: true;
  set: Partial<ChatRequest>;
};

const [own, second, third] = [7, 8, 9];
const times = (count: number, call: ProbeCall): ProbeCall[] => Array.from({ length: count }, () => call);

const cold = { temperature: 0 };
const narrow = { top_p: 0.01 };

/**
 * Every call that a probe may make, its arms in this order. Which of them it does make follows from the answers to those
 * before (lib/compare/measure/probe.ts). Each sets one thing beside the seed, so that one that is refused spoils no other;
 * those at the end, without a seed, are for servers that refuse seeds.
 */
export const probeCalls: readonly ProbeCall[] = [
  { tests: 'seed', alone: true, set: { seed: own } },
  ...times(3, { tests: 'seed', set: { seed: own } }),
  ...times(2, { tests: 'seed', alone: true, set: { seed: own } }),
  { tests: 'other-seed', set: { seed: second } },
  { tests: 'other-seed', set: { seed: third } },
  { tests: 'logprobs', set: { logprobs: true, top_logprobs: 20 } },
  { tests: 'logprobs', set: { logprobs: true, top_logprobs: 5 } },
  ...times(2, { tests: 'temperature', set: { seed: own, ...cold } }),
  ...times(2, { tests: 'top_p', set: { seed: own, ...narrow } }),
  ...times(5, { tests: 'no-seed', set: {} }),
  ...times(2, { tests: 'temperature', set: cold }),
  ...times(2, { tests: 'top_p', set: narrow }),
];

/** Many answers fit it, and all are short: where the seed does nothing, hardly two calls give the same one. */
const prompt = 'Invent a small town. In one sentence, give its name and say what is odd about it.';

/** The names that servers know the limit of an answer by, and the limit: some refuse one of the names. */
export const probeLimits = ['max_completion_tokens', 'max_tokens'] as const;
const maxTokens = 100;

const asked = (model: string): ChatRequest => ({ model, messages: [{ role: 'user', content: prompt }] });

/**
 * The recipe of a probe: what a model makes of seed, temperature, top-p and logprobs. It sets nothing else but a limit, since
 * some servers refuse what they do not know. Every call is there with each name of the limit; those with the second are made where
 * the first is refused.
 */
export const probeRecipe = (provider: string, model: string): Recipe => ({
  v: 1,
  provider,
  request: asked(model),
  arms: probeLimits.flatMap((limit, at) =>
    probeCalls.map(
      ({ set }): Arm => ({
        label: `${labelOf(set)}${at === 0 ? '' : `, ${limit}`}`,
        set: { ...set, [limit]: maxTokens },
      }),
    ),
  ),
  repeats: 1,
});

/** As probes were until 27 November 2026: with the first name of the limit alone. Those that are stored are still probes. */
const earlierProbeRecipe = (provider: string, model: string): Recipe => ({
  v: 1,
  provider,
  request: { ...asked(model), max_completion_tokens: maxTokens },
  arms: probeCalls.map(({ set }): Arm => ({ label: labelOf(set), set })),
  repeats: 1,
});

const makers = new Map([
  [probeLimits.length * probeCalls.length, probeRecipe],
  [probeCalls.length, earlierProbeRecipe],
]);

/** Whether a recipe is that of a probe: by what it asks, whatever its title. */
export function isProbe({ title: _, ...recipe }: Recipe): boolean {
  const make = recipe.arms && makers.get(recipe.arms.length);
  return make !== undefined && canonicalJson(recipe) === canonicalJson(make(recipe.provider, recipe.request.model));
}

/** The numbers of the arms that were asked for anything, if any was: of a probe most are not. */
export function armsMade(recipe: Recipe, runs: readonly Pick<RunSpec, 'arm'>[]): number[] {
  const all = (recipe.arms ?? [{}]).map((_, arm) => arm);
  if (!isProbe(recipe) || runs.length === 0) return all;
  const made = new Set(runs.map(({ arm }) => arm));
  return all.filter((arm) => made.has(arm));
}

/** A recipe with those of its arms that were made. Its runs are numbered anew. */
export function withArmsMade(recipe: Recipe, runs: readonly Pick<RunSpec, 'arm'>[]): Recipe {
  if (!isProbe(recipe) || runs.length === 0) return recipe;
  const arms = defined(recipe.arms);
  return { ...recipe, arms: armsMade(recipe, runs).map((arm) => defined(arms[arm])) };
}

/**
 * The runs that are known to be made before any has been: all that a recipe plans; of a probe none, since what it asks next
 * depends on the answers so far.
 */
export const knownAtStart = (recipe: Recipe): RunSpec[] => (isProbe(recipe) ? [] : plan(recipe));

/** What a form asks for that is filled in from a recipe: as it is; beside a probe the same prompt, with its seed, a few times. */
export function recipeForForm(recipe: Recipe): Recipe {
  if (!isProbe(recipe)) return recipe;
  const { v, provider, request } = recipe;
  const limited = { ...request, max_completion_tokens: maxTokens };
  return { v, provider, request: { ...limited, seed: own }, repeats: 5 };
}

/** "seed 7, T 0", "no seed, top logprobs 5" */
function labelOf(set: ProbeCall['set']): string {
  const said = parameters.flatMap((row) => {
    const value = set[row.key];
    return value === undefined || row.key === 'seed' || row.key === 'logprobs' ? [] : [chipOf(row, String(value))];
  });
  return [chipOf(seed, String(set.seed ?? '')), ...said].join(', ');
}
