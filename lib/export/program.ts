import { canonicalJson } from '@/lib/recipe/canonical';
import { armRequests } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { exactOf } from '@/lib/recipe/seed';

type Parameters = Record<string, unknown>;

/** What the recipe itself sets for each arm, as `split` has it. */
export const splitRequests = (recipe: Recipe): SplitRequests =>
  split(
    armRequests(recipe).map(({ seed, ...request }) => (seed == null ? request : { ...request, seed: exactOf(seed) })),
  );

type SplitRequests = { shared: Parameters; arms: Parameters[] };

/**
 * What requests have in common, and what each adds: `{ ...shared, ...arms[i] }` is exactly request i. Two seeds give
 * `{ shared: { model, messages }, arms: [{ seed: 1 }, { seed: 2 }] }`.
 */
export function split(requests: readonly Parameters[]): SplitRequests {
  const isShared = (key: string): boolean => new Set(requests.map((request) => canonicalJson(request[key]))).size === 1;
  const pick = (request: Parameters, wanted: boolean): Parameters =>
    Object.fromEntries(
      Object.entries(request).filter(([key, value]) => value !== undefined && isShared(key) === wanted),
    );
  return { shared: pick(requests[0] ?? {}, true), arms: requests.map((request) => pick(request, false)) };
}

/** How a language writes values. Strings and numbers are the same in all that we write. */
type Style = { true: string; false: string; null: string; indent: string; integer: (digits: string) => string };
const json: Style = { true: 'true', false: 'false', null: 'null', indent: '  ', integer: (digits) => digits };
const python: Style = { ...json, true: 'True', false: 'False', null: 'None', indent: '    ' };
const typeScript: Style = { ...json, integer: (digits) => `(JSON as any).rawJSON("${digits}")` };

/** A value as JSON: in one line if it is short, else one line for each entry. A bigint is a number that is written whole. */
export const toJsonLiteral = (value: unknown): string => literal(value, json, '');
/** A value as TypeScript, whose numbers are not exact beyond 2^53. */
export const toTypeScriptLiteral = (value: unknown): string => literal(value, typeScript, '');
/** A value as Python. */
export const toPythonLiteral = (value: unknown): string => literal(value, python, '');

function literal(value: unknown, style: Style, indent: string): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean') return style[`${value}`];
  if (typeof value === 'bigint') return style.integer(value.toString());
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = indent + style.indent;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries = Array.isArray(value)
    ? value.map((entry) => literal(entry, style, inner))
    : Object.entries(value)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => `${quote(key)}: ${literal(entry, style, inner)}`);
  const line = `${open}${entries.join(', ')}${close}`;
  if (indent.length + line.length <= 100 && !line.includes('\n')) return line;
  return `${open}\n${inner}${entries.join(`,\n${inner}`)}\n${indent}${close}`;
}

/**
 * A string that JSON, TypeScript and Python read alike: JSON escapes line breaks, quotes and halves of surrogate pairs,
 * and leaves whole pairs as they are, which Python could not put together from escapes. Also escaped is what could end a
 * script element in a page, or show a reader other code than what runs: line separators and marks of writing direction.
 */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /<(?=[/!])|[\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Whether every string in a value, keys included, is well-formed Unicode, without half of a surrogate pair. */
export function isWhole(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, entry]) => isWhole(key) && isWhole(entry));
}
