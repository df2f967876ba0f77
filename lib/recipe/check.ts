import * as v from 'valibot';
import { err, ok, type Result } from '@/lib/result';
import { model, type ParameterKey, parameters, prompt, type ValueOf, type ValueType } from './parameters';
import { type Fault, faultOf, messageOf, type RecipeProblem } from './problem';
import { limits, providerName, type Recipe, roles } from './recipe';

/*
 * Recipes and what is planned of them, as a page reads them: line by line what `schema.ts` has in zod, which is ten times as
 * heavy. A test holds the two to the same verdicts, down to the fault.
 */

const text = (field: string, maxCharacters: number) =>
  v.pipe(
    v.string(messageOf({ kind: 'not-text', field })),
    v.maxLength(maxCharacters, messageOf({ kind: 'too-long', field, maxCharacters })),
  );

function name(field: string, maxCharacters: number) {
  const error = messageOf({ kind: 'not-a-name', field, maxCharacters });
  return v.pipe(v.string(error), v.minLength(1, error), v.maxLength(maxCharacters, error));
}

const choice = <Option extends string>(field: string, options: readonly Option[]) =>
  v.picklist(options, messageOf({ kind: 'not-one-of', field, options }));

function number(field: string, min: number, max: number) {
  const error = messageOf({ kind: 'out-of-range', field, min, max, whole: false });
  return v.pipe(v.number(error), v.minValue(min, error), v.maxValue(max, error));
}

function integer(field: string, min: number, max: number) {
  const error = messageOf({ kind: 'out-of-range', field, min, max, whole: true });
  return v.pipe(v.number(error), v.integer(error), v.minValue(min, error), v.maxValue(max, error));
}

function seed(field: string, max: number) {
  const error = messageOf({ kind: 'not-a-seed', field, max });
  return v.nullable(v.pipe(v.number(error), v.integer(error), v.minValue(-max, error), v.maxValue(max, error)));
}

function lines(field: string, maxLines: number, maxCharacters: number) {
  const error = messageOf({ kind: 'not-lines', field, maxLines, maxCharacters });
  const line = v.pipe(text(field, maxCharacters), v.minLength(1, messageOf({ kind: 'empty-text', field })));
  return v.union([line, v.pipe(list(line, maxLines, error, error), v.minLength(1, error))], error);
}

/** A list that is too long is refused before anything in it is read. */
const list = <Entry extends v.GenericSchema>(entry: Entry, max: number, error: string, tooMany: string) =>
  v.pipe(v.array(v.unknown(), error), v.maxLength(max, tooMany), v.array(entry));

const isObject = (input: unknown): input is Record<string, unknown> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** Nothing but these fields. What is missing is read as undefined, so that its own schema says what is wrong. */
function strictObject<Fields extends v.ObjectEntries>(fields: Fields, fault: Fault) {
  const required = Object.entries(fields).filter(([, { type }]) => type !== 'optional');
  const missing = Object.fromEntries(required.map(([key]) => [key, undefined]));
  return v.pipe(
    v.custom<Record<string, unknown>>(isObject, messageOf(fault)),
    v.transform((input) => ({ ...missing, ...input })),
    v.strictObject(fields),
  );
}

function valueSchema(field: string, type: Exclude<ValueType, { kind: 'name' | 'text' }>): v.GenericSchema {
  switch (type.kind) {
    case 'number':
      return number(field, type.min, type.max);
    case 'integer':
      return integer(field, type.min, type.max);
    case 'seed':
      return seed(field, type.max);
    case 'choice':
      return choice(field, type.options);
    case 'lines':
      return lines(field, type.maxLines, type.maxCharacters);
    case 'map':
      return v.pipe(
        v.custom(isObject, messageOf({ kind: 'not-a-map', field })),
        v.record(v.string(), number(field, type.min, type.max)),
      );
    case 'switch':
      return v.boolean(messageOf({ kind: 'not-true-or-false', field }));
  }
}

type ParameterSchemas = {
  [Row in (typeof parameters)[number] as Row['key']]: v.OptionalSchema<
    v.GenericSchema<ValueOf<Row['type']>>,
    undefined
  >;
};

/** The one place where the table's types and its schemas meet: what `valueSchema` gives cannot be typed row by row. */
const parameterSchemas = Object.fromEntries(
  parameters.map(({ key, type }): [ParameterKey, v.GenericSchema] => [key, v.optional(valueSchema(key, type))]),
) as ParameterSchemas;

const notMessages: Fault = { kind: 'not-messages' };
const Message = strictObject(
  { role: choice('role', roles), content: text('content', prompt.type.maxCharacters) },
  notMessages,
);

const requestFields = {
  model: name(model.key, model.type.maxCharacters),
  messages: v.pipe(
    list(
      Message,
      limits.messages,
      messageOf(notMessages),
      messageOf({ kind: 'too-many', field: 'messages', max: limits.messages }),
    ),
    v.check(
      (messages) => messages.some(({ role, content }) => role === 'user' && content.trim() !== ''),
      messageOf({ kind: 'no-prompt' }),
    ),
  ),
  ...parameterSchemas,
};

const notArms: Fault = { kind: 'not-arms' };
const Arm = strictObject(
  {
    label: v.optional(text('label', limits.title)),
    set: strictObject(v.partial(v.object(requestFields)).entries, notArms),
  },
  notArms,
);

const notAProvider = messageOf({ kind: 'not-a-provider' });

const RecipeShape = v.pipe(
  strictObject(
    {
      v: v.literal(1, messageOf({ kind: 'other-version' })),
      provider: v.pipe(v.string(notAProvider), v.regex(providerName, notAProvider)),
      request: strictObject(requestFields, { kind: 'not-a-request' }),
      arms: v.optional(
        v.pipe(
          list(Arm, limits.runs, messageOf(notArms), messageOf({ kind: 'too-many', field: 'arms', max: limits.runs })),
          v.minLength(1, messageOf({ kind: 'no-arms' })),
        ),
      ),
      repeats: integer('repeats', 1, limits.runs),
      dispatch: v.optional(v.picklist(['parallel', 'sequential'], messageOf({ kind: 'not-a-dispatch' }))),
      title: v.optional(text('title', limits.title)),
    },
    { kind: 'not-a-recipe' },
  ),
  v.forward(
    v.check(
      (recipe) => (recipe.arms?.length ?? 1) * recipe.repeats <= limits.runs,
      messageOf({ kind: 'too-many-runs', max: limits.runs }),
    ),
    ['repeats'],
  ),
);

/** Reads a recipe from anything, with the verdict that `parseRecipe` has on it. */
export function checkRecipe(input: unknown): Result<Recipe, RecipeProblem> {
  const { issues, output } = v.safeParse(RecipeShape, input);
  if (!issues) return ok(output);
  const [issue] = issues;
  const param = issue.path?.map(({ key }) => String(key)).join('.') ?? null;
  const unknown = issue.type === 'strict_object' && issue.expected === 'never';
  return err({
    param,
    fault: unknown && param !== null ? { kind: 'unknown-field', path: param } : faultOf(issue.message),
  });
}

/** A recipe inside something else. */
export const RecipeInside = v.custom<Recipe>((input) => checkRecipe(input).ok);

const whole = v.pipe(v.number(), v.safeInteger());

export const RunSpec = v.object({
  run: v.pipe(whole, v.minValue(1)),
  arm: v.pipe(whole, v.minValue(0)),
  repeat: v.pipe(whole, v.minValue(1)),
  seed: v.nullable(whole),
  model: v.string(),
});
