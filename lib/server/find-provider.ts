import type { Problem } from '@/lib/http/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { ProviderEntry } from './providers';
import { services } from './services';

/** The provider that a recipe names, if it is known here and has every model that the recipe asks for. */
export async function findProvider(recipe: Recipe): Promise<Result<ProviderEntry, Problem>> {
  const known = services().providers;
  if (!known.has(recipe.provider)) await services().lookAround();
  const entry = known.get(recipe.provider);
  if (!entry) {
    const message = `There is no provider "${recipe.provider}" here. Known: ${[...known.keys()].join(', ')}.`;
    return err({ status: 400, code: 'unknown_provider', message, param: 'provider' });
  }
  if (entry.models === null) return ok(entry);
  const offered = entry.models.map(({ id }) => id);
  const wanted = [recipe.request.model, ...(recipe.arms ?? []).flatMap((arm) => arm.set.model ?? [])];
  const unknown = wanted.find((model) => !offered.includes(model));
  if (unknown === undefined) return ok(entry);
  const message = `${entry.id} has no model "${unknown}". Known: ${offered.join(', ')}.`;
  return err({ status: 400, code: 'unknown_model', message, param: 'request.model' });
}
