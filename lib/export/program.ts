import { canonicalJson } from '@/lib/recipe/canonical';
import { armRequests, bodyOf } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';

type Parameters = Record<string, unknown>;

/**
 * What all bodies have in common, and what each adds: `{ ...shared, ...arms[i] }` is exactly the body of arm i. Two seeds
 * give `{ shared: { model, messages }, arms: [{ seed: 1 }, { seed: 2 }] }`.
 */
export const splitBodies = (recipe: Recipe): SplitRequests => split(armRequests(recipe).map(bodyOf));

/** The same of the parameters, with whatever else goes into a body under `extra_body`, as Python's package takes it. */
export const splitRequests = (recipe: Recipe): SplitRequests => split(armRequests(recipe));

type SplitRequests = { shared: Parameters; arms: Parameters[] };

function split(requests: readonly Parameters[]): SplitRequests {
  const isShared = (key: string): boolean => new Set(requests.map((request) => canonicalJson(request[key]))).size === 1;
  const pick = (request: Parameters, wanted: boolean): Parameters =>
    Object.fromEntries(
      Object.entries(request).filter(([key, value]) => value !== undefined && isShared(key) === wanted),
    );
  return { shared: pick(requests[0] ?? {}, true), arms: requests.map((request) => pick(request, false)) };
}

/** How a language writes values. Strings and numbers are the same in all that we write. */
type Style = { true: string; false: string; null: string; indent: string };
const json: Style = { true: 'true', false: 'false', null: 'null', indent: '  ' };
const python: Style = { true: 'True', false: 'False', null: 'None', indent: '    ' };

/** A value as JSON, which is TypeScript too: in one line if it is short, else one line for each entry. */
export const toJsonLiteral = (value: unknown): string => literal(value, json, '');
/** A value as Python. */
export const toPythonLiteral = (value: unknown): string => literal(value, python, '');

function literal(value: unknown, style: Style, indent: string): string {
  if (typeof value === 'string') return quote(value);
  if (value === null || typeof value === 'boolean') return style[`${value}`];
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
