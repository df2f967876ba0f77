import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { armRequest } from './plan';
import type { Recipe } from './recipe';

/** JSON with object keys in code-unit order and absent keys left out, so that equal values give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, entry]) => entry !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`);
  return `{${entries.join(',')}}`;
}

/**
 * SHA-256, in hex, of what a recipe asks for: the calls it makes. Titles and labels do not count, nor how it is written:
 * a recipe without `arms` and one with the single empty arm, a null seed and none, are the same question.
 */
export const recipeHash = (recipe: Recipe): string => bytesToHex(sha256(utf8ToBytes(question(recipe))));

/** Whether two recipes ask for the same, that is, have the same hash: without the cost of hashing a thousand arms. */
export const sameQuestion = (a: Recipe, b: Recipe): boolean => question(a) === question(b);

function question(recipe: Recipe): string {
  const { v, provider, arms = [{ set: {} }], repeats, dispatch = 'parallel' } = recipe;
  const requests = arms.map((_, arm) => armRequest(recipe, arm));
  return canonicalJson({ v, provider, requests, repeats, dispatch });
}
