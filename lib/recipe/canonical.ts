import { armProvider, armRequest, providersOf } from './plan';
import type { Recipe } from './recipe';

/** JSON with object keys in code-unit order and absent keys left out, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'bigint') return value.toString();
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
  return `{${entries.join(',')}}`;
}

/** Whether two recipes make the same calls, that is, have the same hash, without the cost of hashing a thousand arms. */
export const sameQuestion = (a: Recipe, b: Recipe): boolean => question(a) === question(b);

/** The calls that a recipe makes, as text. */
export function question(recipe: Recipe): string {
  const { v, arms = [{ set: {} }], repeats, dispatch = 'parallel' } = recipe;
  const requests = arms.map((_, arm) => armRequest(recipe, arm));
  const [provider, ...others] = providersOf(recipe);
  const providers = others.length > 0 ? arms.map((_, arm) => armProvider(recipe, arm)) : undefined;
  return canonicalJson({ v, ...(providers ? { providers } : { provider }), requests, repeats, dispatch });
}
