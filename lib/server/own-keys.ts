import { ownKeyHeader } from '@/lib/api/own-keys';
import { readOwnKeys } from '@/lib/api/read-own-keys';
import type { Problem } from '@/lib/http/problem';
import { canonicalJson } from '@/lib/recipe/canonical';
import { armProvider, armRequests } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { StoredExperiment } from '@/lib/store/store';
import type { ProviderOf } from './live-experiment';

/** The keys that a visitor sends along, by provider. No message repeats what may be one. */
export function ownKeysOf(request: Request): Result<ReadonlyMap<string, string>, Problem> {
  const value = request.headers.get(ownKeyHeader);
  const keys = readOwnKeys(value ?? '');
  return keys ? ok(keys) : err(invalidKey);
}

/**
 * The providers that an experiment was started, or has been run, with a visitor's key at; what is missing of it wants one too. A
 * process may have died before a run of it was over.
 */
export const askedWithOwnKey = ({ recipe, runs, ownKeys = [] }: StoredExperiment): ReadonlySet<string> =>
  new Set([...ownKeys, ...runs.filter(({ key }) => key === 'visitor').map(({ arm }) => armProvider(recipe, arm))]);

/** The providers of a recipe that are asked with a visitor's key. */
export const withOwnKeys = (recipe: Recipe, providerOf: ProviderOf): string[] => [
  ...new Set(
    armRequests(recipe).flatMap((_, arm) => (providerOf(arm).key === 'visitor' ? [armProvider(recipe, arm)] : [])),
  ),
];

/** Whether a recipe, which is stored, has one of the keys in it. */
export function holdsKey(recipe: Recipe, keys: ReadonlyMap<string, string>): boolean {
  const asked = canonicalJson(recipe);
  return [...keys.values()].some((key) => asked.includes(JSON.stringify(key).slice(1, -1)));
}

const invalidKey: Problem = {
  status: 400,
  code: 'invalid_key',
  message: `${ownKeyHeader} must be provider=key, or several of them with a space between; a key has at least 16 letters and digits, 8 of them different.`,
};
