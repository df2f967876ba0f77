import { err, ok, type Result } from '@/lib/result';
import { model, parameters, prompt, type ValueType } from './parameters';
import type { Fault, RecipeProblem } from './problem';
import { limits, providerName, type Recipe, roles } from './recipe';
import { isSeed } from './seed';
import { inexactAt, isBody } from './values';

/*
 * A recipe as a page reads it, at every letter that is typed: line by line what `schema.ts` has in zod, whose weight a page
 * should not wait for. A test holds the two to the same verdicts, down to the fault and its place.
 */

/** What is wrong with a value at a path, '' for the whole; null if nothing is. The first fault counts. */
type Check = (value: unknown, path: string) => RecipeProblem | null;

const problem = (path: string, fault: Fault): RecipeProblem => ({ param: path || null, fault });
const inside = (path: string, key: string | number): string => (path === '' ? `${key}` : `${path}.${key}`);

/** A value that may be wrong in one way. */
const must =
  (fault: Fault, fits: (value: unknown) => boolean): Check =>
  (value, path) =>
    fits(value) ? null : problem(path, fault);

/** Several checks of one value. */
const all =
  (...checks: readonly Check[]): Check =>
  (value, path) =>
    firstOf(checks, (check) => check(value, path));

const optional =
  (check: Check): Check =>
  (value, path) =>
    value === undefined ? null : check(value, path);

function firstOf<T>(entries: Iterable<T>, check: (entry: T) => RecipeProblem | null): RecipeProblem | null {
  for (const entry of entries) {
    const found = check(entry);
    if (found) return found;
  }
  return null;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown, min: number, max: number): boolean =>
  typeof value === 'number' && min <= value && value <= max;
const isInteger = (value: unknown, min: number, max: number): boolean =>
  Number.isSafeInteger(value) && isNumber(value, min, max);

/** An object with these fields, and no others. */
const object =
  (fields: Readonly<Record<string, Check>>, fault: Fault): Check =>
  (value, path) => {
    if (!isObject(value)) return problem(path, fault);
    const wrong = firstOf(Object.entries(fields), ([key, check]) => check(value[key], inside(path, key)));
    const unknown = Object.keys(value).find((key) => !Object.hasOwn(fields, key));
    if (wrong || unknown === undefined) return wrong;
    return problem(inside(path, unknown), { kind: 'unknown-field', path: inside(path, unknown) });
  };

/** A list. One that is too long is refused before anything in it is read. */
const list =
  (entry: Check, fault: Fault, max: number, tooMany: Fault): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return problem(path, fault);
    if (value.length > max) return problem(path, tooMany);
    return firstOf(value.entries(), ([at, each]) => entry(each, inside(path, at)));
  };

const text = (field: string, maxCharacters: number): Check =>
  all(
    must({ kind: 'not-text', field }, isText),
    must({ kind: 'too-long', field, maxCharacters }, (value) => isText(value) && value.length <= maxCharacters),
  );

const choice = (field: string, options: readonly unknown[] & readonly string[]): Check =>
  must({ kind: 'not-one-of', field, options }, (value) => options.includes(value));

const number = (field: string, min: number, max: number): Check =>
  must({ kind: 'out-of-range', field, min, max, whole: false }, (value) => isNumber(value, min, max));

const integer = (field: string, min: number, max: number): Check =>
  must({ kind: 'out-of-range', field, min, max, whole: true }, (value) => isInteger(value, min, max));

/** One text, or a list of them. A list with something else in it is none. */
function lines(field: string, maxLines: number, maxCharacters: number): Check {
  const fault: Fault = { kind: 'not-lines', field, maxLines, maxCharacters };
  const line = all(
    text(field, maxCharacters),
    must({ kind: 'empty-text', field }, (value) => value !== ''),
  );
  const texts = must(fault, (value) => Array.isArray(value) && value.length > 0 && value.every(isText));
  const several = all(texts, list(line, fault, maxLines, fault));
  return (value, path) => (isText(value) ? line(value, path) : several(value, path));
}

function map(field: string, entry: Check): Check {
  const fault: Fault = { kind: 'not-a-map', field };
  return (value, path) =>
    isObject(value)
      ? firstOf(Object.entries(value), ([key, each]) => entry(each, inside(path, key)))
      : problem(path, fault);
}

function valueCheck(field: string, type: ValueType): Check {
  switch (type.kind) {
    case 'number':
      return number(field, type.min, type.max);
    case 'integer':
      return integer(field, type.min, type.max);
    case 'seed': {
      const { min, max } = type;
      return must({ kind: 'not-a-seed', field, min, max }, (value) => value === null || isSeed(value));
    }
    case 'choice':
      return choice(field, type.options);
    case 'lines':
      return lines(field, type.maxLines, type.maxCharacters);
    case 'map':
      return map(field, number(field, type.min, type.max));
    case 'object': {
      const { maxCharacters, reserved } = type;
      const isFree = (key: string) => (value: unknown) => isObject(value) && !Object.hasOwn(value, key);
      return all(
        must({ kind: 'not-an-object', field, maxCharacters }, (value) => isBody(value, maxCharacters)),
        ...reserved.map((key) => must({ kind: 'reserved', field, key }, isFree(key))),
        (value, path) => {
          const at = inexactAt(value);
          return at && problem([path, ...at].join('.'), { kind: 'inexact', field });
        },
      );
    }
    case 'switch':
    case 'flag':
      return must({ kind: 'not-true-or-false', field }, (value) => typeof value === 'boolean');
    case 'name': {
      const { maxCharacters } = type;
      const fits = (value: unknown) => isText(value) && value !== '' && value.length <= maxCharacters;
      return must({ kind: 'not-a-name', field, maxCharacters }, fits);
    }
    case 'text':
      return text(field, type.maxCharacters);
  }
}

const message = object(
  { role: choice('role', roles), content: valueCheck('content', prompt.type) },
  { kind: 'not-messages' },
);

const isPrompt = (each: unknown): boolean =>
  isObject(each) && each.role === 'user' && isText(each.content) && each.content.trim() !== '';

const messages = all(
  list(message, { kind: 'not-messages' }, limits.messages, {
    kind: 'too-many',
    field: 'messages',
    max: limits.messages,
  }),
  must({ kind: 'no-prompt' }, (value) => Array.isArray(value) && value.some(isPrompt)),
);

const settings = parameters.map(({ key, type }): [string, Check] => [key, optional(valueCheck(key, type))]);
const modelCheck = valueCheck(model.key, model.type);

const request = object({ model: modelCheck, messages, ...Object.fromEntries(settings) }, { kind: 'not-a-request' });

const set = object(
  { model: optional(modelCheck), messages: optional(messages), ...Object.fromEntries(settings) },
  { kind: 'not-arms' },
);

const provider = must({ kind: 'not-a-provider' }, (value) => isText(value) && providerName.test(value));

const arms = all(
  list(
    object({ label: optional(text('label', limits.title)), provider: optional(provider), set }, { kind: 'not-arms' }),
    { kind: 'not-arms' },
    limits.runs,
    {
      kind: 'too-many',
      field: 'arms',
      max: limits.runs,
    },
  ),
  must({ kind: 'no-arms' }, (value) => Array.isArray(value) && value.length > 0),
);

const recipe = object(
  {
    v: must({ kind: 'other-version' }, (value) => value === 1),
    provider,
    request,
    arms: optional(arms),
    repeats: integer('repeats', 1, limits.runs),
    dispatch: optional(must({ kind: 'not-a-dispatch' }, (value) => value === 'parallel' || value === 'sequential')),
    title: optional(text('title', limits.title)),
  },
  { kind: 'not-a-recipe' },
);

/** Reads a recipe from anything, with the verdict that `parseRecipe` has on it. */
export function checkRecipe(input: unknown): Result<Recipe, RecipeProblem> {
  const found = recipe(input, '');
  if (found) return err(found);
  // What the checks have established: the one place where they meet the type.
  const checked = input as Recipe;
  if ((checked.arms?.length ?? 1) * checked.repeats <= limits.runs) return ok(checked);
  return err(problem('repeats', { kind: 'too-many-runs', max: limits.runs }));
}
