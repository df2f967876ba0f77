import type { Problem } from '@/lib/http/problem';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { ProviderEntry } from './providers';
import { services } from './services';

/** The provider that a recipe names, if it is known here and has every model that the recipe asks for. */
export function findProvider(recipe: Recipe): Result<ProviderEntry, Problem> {
  const known = services().providers;
  const entry = known.get(recipe.provider);
  if (!entry) {
    const message = `There is no provider "${recipe.provider}" here. Known: ${[...known.keys()].join(', ')}.`;
    return err({ status: 400, code: 'unknown_provider', message, param: 'provider' });
  }
  const models = [recipe.request.model, ...(recipe.arms ?? []).flatMap((arm) => arm.set.model ?? [])];
  const unknown = entry.models && models.find((model) => !entry.models?.some(({ id }) => id === model));
  if (unknown === null || unknown === undefined) return ok(entry);
  const message = `${entry.id} has no model "${unknown}". Known: ${entry.models?.map(({ id }) => id).join(', ')}.`;
  return err({ status: 400, code: 'unknown_model', message, param: 'request.model' });
}
