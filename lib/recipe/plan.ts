import type { ChatRequest, Recipe } from './recipe';
import type { RunSpec } from './schema';

export type { RunSpec } from './schema';

/** How many runs the server, and an exported shell script, have under way at once; one if a recipe is "sequential". */
export const maxAtOnce = 32;

/**
 * The runs of a recipe in the order in which they are sent: arm by arm, each `repeats` times.
 * Two arms × three repeats give runs 1 2 3 (arm 0) and 4 5 6 (arm 1).
 */
export function plan(recipe: Recipe): RunSpec[] {
  const arms = recipe.arms?.length ?? 1;
  return Array.from({ length: arms * recipe.repeats }, (_, index) => {
    const arm = Math.floor(index / recipe.repeats);
    const request = armRequest(recipe, arm);
    return {
      run: index + 1,
      arm,
      repeat: (index % recipe.repeats) + 1,
      seed: request.seed ?? null,
      model: request.model,
    };
  });
}

/** The provider that is asked for an arm: the arm's own, or else the recipe's. */
export const armProvider = (recipe: Recipe, arm: number): string => recipe.arms?.[arm]?.provider ?? recipe.provider;

/** All providers that a recipe asks, each once, in the order of its arms. */
export const providersOf = (recipe: Recipe): string[] => [
  ...new Set((recipe.arms ?? [{}]).map((_, arm) => armProvider(recipe, arm))),
];

/** What an arm is called: its label, or else its provider where that differs between arms; null if that says nothing. */
export const armLabel = (recipe: Recipe, arm: number): string | null =>
  recipe.arms?.[arm]?.label ?? (providersOf(recipe).length > 1 ? armProvider(recipe, arm) : null);

/** The parameters of each arm's calls, in the order of the recipe; those of the only one if nothing varies. */
export const armRequests = (recipe: Recipe): ChatRequest[] =>
  (recipe.arms ?? [{}]).map((_, arm) => armRequest(recipe, arm));

/** The parameters of one arm's calls: exactly those of the recipe. A null seed means that the key is not sent. */
export function armRequest(recipe: Recipe, arm: number): ChatRequest {
  const { seed, ...rest }: ChatRequest = { ...recipe.request, ...recipe.arms?.[arm]?.set };
  return seed === undefined || seed === null ? rest : { ...rest, seed };
}

/** How many tokens a call may write, under either of the names that servers know the limit by; null if it sends none. */
export const tokenLimitOf = ({ max_completion_tokens, max_tokens }: ChatRequest): number | null =>
  max_completion_tokens ?? max_tokens ?? null;
