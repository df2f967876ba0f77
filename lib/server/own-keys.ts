import { ownKeyHeader } from '@/lib/api/own-keys';
import { readOwnKeys } from '@/lib/api/read-own-keys';
import type { Problem } from '@/lib/http/problem';
import { canonicalJson } from '@/lib/recipe/canonical';
import { armProvider } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { err, ok, type Result } from '@/lib/result';
import type { StoredExperiment } from '@/lib/store/store';

/** The keys that a visitor sends along, by provider. No message repeats what may be one. */
export function ownKeysOf(request: Request): Result<ReadonlyMap<string, string>, Problem> {
  const value = request.headers.get(ownKeyHeader);
  const keys = readOwnKeys(value ?? '');
  return keys ? ok(keys) : err(invalidKey);
}

/** The providers that an experiment has been run with a visitor's key at; what is missing of it wants one too. */
export const askedWithOwnKey = ({ recipe, runs }: StoredExperiment): ReadonlySet<string> =>
  new Set(runs.filter(({ key }) => key === 'visitor').map(({ arm }) => armProvider(recipe, arm)));

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
