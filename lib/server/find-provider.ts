import { defined } from '@/lib/defined';
import type { Problem } from '@/lib/http/problem';
import { armProvider, armRequests, providersOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { Provider } from '@/lib/run/provider';
import type { ProviderOf } from './live-experiment';
import { services } from './services';

/** The providers that a recipe names, by arm, if they are known here and have the models that it asks them for. */
export async function findProviders(recipe: Recipe): Promise<Result<ProviderOf, Problem>> {
  const known = services().providers;
  if (!providersOf(recipe).every((id) => known.has(id))) await services().lookAround();
  const providers: Provider[] = [];
  for (const [arm, { model }] of armRequests(recipe).entries()) {
    const entry = known.get(armProvider(recipe, arm));
    if (!entry) return err(unknownProvider(recipe, arm, [...known.keys()]));
    if (entry.models?.every(({ id }) => id !== model)) return err(unknownModel(entry.id, entry.models, model));
    providers.push(entry.provider);
  }
  return ok((arm) => defined(providers[arm]));
}

function unknownProvider(recipe: Recipe, arm: number, known: readonly string[]): Problem {
  const message = `There is no provider "${armProvider(recipe, arm)}" here. Known: ${known.join(', ')}.`;
  const param = recipe.arms?.[arm]?.provider === undefined ? 'provider' : `arms.${arm}.provider`;
  return { status: 400, code: 'unknown_provider', message, param };
}

function unknownModel(provider: string, models: readonly { id: string }[], model: string): Problem {
  const message = `${provider} has no model "${model}". Known: ${models.map(({ id }) => id).join(', ')}.`;
  return { status: 400, code: 'unknown_model', message, param: 'request.model' };
}
