import { ownKeyHeader } from '@/lib/api/own-keys';
import { defined } from '@/lib/defined';
import type { Problem } from '@/lib/http/problem';
import { armProvider, armRequests, providersOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { Provider } from '@/lib/run/provider';
import type { ProviderOf } from './live-experiment';
import type { ProviderEntry } from './providers';
import { services } from './services';

/** Keys that a visitor has sent, by provider, and the providers that are to be asked with one whether they need it or not. */
export type SentKeys = { keys: ReadonlyMap<string, string>; wanted?: ReadonlySet<string> };

/**
 * The providers that a recipe names, by arm, if they are known here and have the models that it asks them for. Each is asked with
 * the visitor's key, if there is one for it, and otherwise with the operator's.
 */
export async function findProviders(
  recipe: Recipe,
  { keys, wanted = new Set() }: SentKeys,
): Promise<Result<ProviderOf, Problem>> {
  const known = services().providers;
  const named = providersOf(recipe);
  if (!named.every((id) => known.has(id))) await services().lookAround();
  for (const id of keys.keys()) if (!named.includes(id)) return err(unwantedKey(id));
  const asked = new Map<string, Provider>();
  const providers: Provider[] = [];
  for (const [arm, { model }] of armRequests(recipe).entries()) {
    const entry = known.get(armProvider(recipe, arm));
    if (!entry) return err(unknownProvider(recipe, arm, [...known.keys()]));
    if (entry.models?.every(({ id }) => id !== model)) return err(unknownModel(entry.id, entry.models, model));
    const before = asked.get(entry.id);
    const provider = before ? ok(before) : withWhoseKey(entry, keys.get(entry.id), wanted);
    if (!provider.ok) return provider;
    asked.set(entry.id, provider.value);
    providers.push(provider.value);
  }
  return ok((arm) => defined(providers[arm]));
}

/** A provider with the visitor's key, or with the operator's if there is none and none is wanted. */
function withWhoseKey(
  { id, name, provider, withKey, needsKey }: ProviderEntry,
  key: string | undefined,
  wanted: ReadonlySet<string>,
): Result<Provider, Problem> {
  if (key !== undefined) return withKey ? ok(withKey(key)) : err(unwantedKey(id));
  return needsKey || (withKey && wanted.has(id)) ? err(keyNeeded(name)) : ok(provider);
}

/** Nothing is sent, least of all with the operator's key instead. */
const unwantedKey = (provider: string): Problem => ({
  status: 400,
  code: 'unwanted_key',
  message: `There is a key for ${provider}, which takes none from visitors or is not asked by this recipe. Nothing was sent.`,
});

const keyNeeded = (name: string): Problem => ({
  status: 400,
  code: 'key_needed',
  message: `${name} is asked with a key of your own here. It is entered under Model, or sent in the header ${ownKeyHeader}.`,
  param: 'provider',
});

function unknownProvider(recipe: Recipe, arm: number, known: readonly string[]): Problem {
  const message = `There is no provider "${armProvider(recipe, arm)}" here. Known: ${known.join(', ')}.`;
  const param = recipe.arms?.[arm]?.provider === undefined ? 'provider' : `arms.${arm}.provider`;
  return { status: 400, code: 'unknown_provider', message, param };
}

function unknownModel(provider: string, models: readonly { id: string }[], model: string): Problem {
  const message = `${provider} has no model "${model}". Known: ${models.map(({ id }) => id).join(', ')}.`;
  return { status: 400, code: 'unknown_model', message, param: 'request.model' };
}
