import { z } from 'zod';
import { defined } from '@/lib/defined';
import { err, ok, type Result } from '@/lib/result';
import { model, type ParameterKey, parameters, prompt, type ValueOf, type ValueType } from './parameters';
import { faultOf, messageOf, type RecipeProblem } from './problem';
import { limits, providerName, roles } from './recipe';
import { isSeed } from './seed';
import { inexactAt, isBody } from './values';

/*
 * Recipes and what is planned of them, as the server reads them. This is the one truth; `check.ts` reads
 * the same without zod, which is too heavy for a page, and a test holds the two to the same verdicts.
 */

const text = (field: string, maxCharacters: number) =>
  z
    .string({ error: messageOf({ kind: 'not-text', field }) })
    .max(maxCharacters, { error: messageOf({ kind: 'too-long', field, maxCharacters }) });

const name = (field: string, maxCharacters: number) => {
  const error = messageOf({ kind: 'not-a-name', field, maxCharacters });
  return z.string({ error }).min(1, { error }).max(maxCharacters, { error });
};

const choice = <Option extends string>(field: string, options: readonly Option[]) =>
  z.enum(options, { error: messageOf({ kind: 'not-one-of', field, options }) });

const number = (field: string, min: number, max: number) => {
  const error = messageOf({ kind: 'out-of-range', field, min, max, whole: false });
  return z.number({ error }).min(min, { error }).max(max, { error });
};

const integer = (field: string, min: number, max: number) => {
  const error = messageOf({ kind: 'out-of-range', field, min, max, whole: true });
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

/** A number, or the digits of one that numbers cannot hold (see seed.ts). */
const seedForms = [z.number(), z.string()] as const;

function seed(field: string, min: string, max: string) {
  const error = messageOf({ kind: 'not-a-seed', field, min, max });
  return z.union([...seedForms, z.null()], { error }).refine((value) => value === null || isSeed(value), { error });
}

function lines(field: string, maxLines: number, maxCharacters: number) {
  const error = messageOf({ kind: 'not-lines', field, maxLines, maxCharacters });
  const line = text(field, maxCharacters).min(1, { error: messageOf({ kind: 'empty-text', field }) });
  return z.union([line, z.array(line).min(1, { error }).max(maxLines, { error })], { error });
}

/** A JSON object without the keys that a recipe has a place of its own for. */
function extraBody(field: string, maxCharacters: number, reserved: readonly string[]) {
  const error = messageOf({ kind: 'not-an-object', field, maxCharacters });
  const inexact = messageOf({ kind: 'inexact', field });
  return reserved
    .reduce<z.ZodType<Readonly<Record<string, unknown>>>>(
      (schema, key) =>
        schema.refine((value) => !Object.hasOwn(value, key), { error: messageOf({ kind: 'reserved', field, key }) }),
      z.custom<Readonly<Record<string, unknown>>>((value) => isBody(value, maxCharacters), { error, abort: true }),
    )
    .superRefine((value, { addIssue }) => {
      const path = inexactAt(value);
      if (path) addIssue({ code: 'custom', path, message: inexact });
    });
}

/** The schema of a parameter's values: of any type but those that only model and messages have. */
function valueSchema(field: string, type: Exclude<ValueType, { kind: 'name' | 'text' }>): z.ZodType {
  switch (type.kind) {
    case 'number':
      return number(field, type.min, type.max);
    case 'integer':
      return integer(field, type.min, type.max);
    case 'seed':
      return seed(field, type.min, type.max);
    case 'choice':
      return choice(field, type.options);
    case 'lines':
      return lines(field, type.maxLines, type.maxCharacters);
    case 'map':
      return z.record(z.string(), number(field, type.min, type.max), {
        error: messageOf({ kind: 'not-a-map', field }),
      });
    case 'object':
      return extraBody(field, type.maxCharacters, type.reserved);
    case 'switch':
    case 'flag':
      return z.boolean({ error: messageOf({ kind: 'not-true-or-false', field }) });
  }
}

type ParameterSchemas = {
  [Row in (typeof parameters)[number] as Row['key']]: z.ZodOptional<z.ZodType<ValueOf<Row['type']>>>;
};

/** The one place where the table's types and its schemas meet: what `valueSchema` gives cannot be typed row by row. */
const parameterSchemas = Object.fromEntries(
  parameters.map(({ key, type }): [ParameterKey, z.ZodType] => [key, valueSchema(key, type).optional()]),
) as ParameterSchemas;

const notMessages = messageOf({ kind: 'not-messages' });
export const Message = z.strictObject(
  {
    role: choice('role', roles),
    content: text('content', prompt.type.maxCharacters),
  },
  { error: notMessages },
);
export type Message = z.infer<typeof Message>;

const requestFields = {
  model: name(model.key, model.type.maxCharacters),
  messages: z
    .array(Message, { error: notMessages })
    .max(limits.messages, { error: messageOf({ kind: 'too-many', field: 'messages', max: limits.messages }) })
    .refine((messages) => messages.some(({ role, content }) => role === 'user' && content.trim() !== ''), {
      error: messageOf({ kind: 'no-prompt' }),
    }),
  ...parameterSchemas,
};

/** The subset of OpenAI's CreateChatCompletionRequest that an experiment may set, under the API's own names. */
export const ChatRequest = z.strictObject(requestFields, { error: messageOf({ kind: 'not-a-request' }) });
export type ChatRequest = z.infer<typeof ChatRequest>;

const notAProvider = messageOf({ kind: 'not-a-provider' });
const provider = z.string({ error: notAProvider }).regex(providerName, { error: notAProvider });

const notArms = messageOf({ kind: 'not-arms' });
const Arm = z.strictObject(
  {
    label: text('label', limits.title).optional(),
    provider: provider.optional(),
    set: z.strictObject(requestFields, { error: notArms }).partial(),
  },
  { error: notArms },
);
export type Arm = z.infer<typeof Arm>;

/** What was asked: one request, how it varies, how often it runs. */
export const Recipe = z
  .strictObject(
    {
      v: z.literal(1, { error: messageOf({ kind: 'other-version' }) }),
      provider,
      request: ChatRequest,
      arms: z
        .array(Arm, { error: notArms })
        .min(1, { error: messageOf({ kind: 'no-arms' }) })
        .max(limits.runs, { error: messageOf({ kind: 'too-many', field: 'arms', max: limits.runs }) })
        .optional(),
      repeats: integer('repeats', 1, limits.runs),
      dispatch: z.enum(['parallel', 'sequential'], { error: messageOf({ kind: 'not-a-dispatch' }) }).optional(),
      title: text('title', limits.title).optional(),
    },
    { error: messageOf({ kind: 'not-a-recipe' }) },
  )
  .refine((recipe) => (recipe.arms?.length ?? 1) * recipe.repeats <= limits.runs, {
    path: ['repeats'],
    error: messageOf({ kind: 'too-many-runs', max: limits.runs }),
  });
export type Recipe = z.infer<typeof Recipe>;

/** One API call to make. `run` and `repeat` count from 1; `arm` is the index into `recipe.arms` (0 if nothing varies). */
export const RunSpec = z.object({
  run: z.int().min(1),
  arm: z.int().min(0),
  repeat: z.int().min(1),
  seed: z.union(seedForms).refine(isSeed).nullable(),
  model: z.string(),
});
export type RunSpec = z.infer<typeof RunSpec>;

/**
 * Reads a recipe from anything. A problem names the first offending field by its path, and what is wrong as facts:
 * `parseRecipe({ ...recipe, repeats: 0 })` gives `{ ok: false, error: { param: 'repeats', fault: { kind:
 * 'out-of-range', field: 'repeats', min: 1, max: 1000, whole: true } } }`.
 */
export function parseRecipe(input: unknown): Result<Recipe, RecipeProblem> {
  const parsed = Recipe.safeParse(input);
  if (parsed.success) return ok(parsed.data);
  const issue = defined(parsed.error.issues[0]);
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const param = [...path, ...issue.keys.slice(0, 1)].join('.');
    return err({ param, fault: { kind: 'unknown-field', path: param } });
  }
  return err({ param: path.join('.') || null, fault: faultOf(issue.message) });
}
