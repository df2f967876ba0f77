import { z } from 'zod';

/** What a recipe may hold. Every limit that a message names is read from here. */
export const limits = {
  /** arms × repeats */
  runs: 1000,
  messages: 32,
  /** characters of one message */
  content: 32_000,
  /** max_completion_tokens */
  tokens: 4096,
  stops: 4,
  /** OpenAI takes int64, but JSON numbers are exact only up to here. */
  seed: Number.MAX_SAFE_INTEGER,
} as const;

const between = (name: string, low: number, high: number) => {
  const error = `${name} must be a number from ${low} to ${high}.`;
  return z.number({ error }).min(low, { error }).max(high, { error });
};

const integer = (error: string, low: number, high: number) =>
  z.number({ error }).int({ error }).min(low, { error }).max(high, { error });

const whole = (name: string, low: number, high: number) =>
  integer(`${name} must be a whole number from ${low} to ${high}.`, low, high);

const text = (name: string, most: number) =>
  z.string({ error: `${name} must be text.` }).max(most, { error: `${name} may have at most ${most} characters.` });

const messagesError = 'messages must be a list of { role, content }.';
const Message = z.strictObject(
  {
    role: z.enum(['system', 'developer', 'user', 'assistant'], {
      error: 'role must be one of system, developer, user, assistant.',
    }),
    content: text('content', limits.content),
  },
  { error: messagesError },
);
export type Message = z.infer<typeof Message>;

const modelError = 'model must be the name of a model, 1 to 200 characters.';
const seedError = `seed must be a whole number from -${limits.seed} to ${limits.seed}, or null for no seed.`;
const stopText = text('stop', 200).min(1, { error: 'stop may not be empty text.' });

const stopError = `stop must be text, or a list of 1 to ${limits.stops} texts of at most 200 characters.`;
const parameters = {
  model: z.string({ error: modelError }).min(1, { error: modelError }).max(200, { error: modelError }),
  messages: z
    .array(Message, { error: messagesError })
    .max(limits.messages, { error: `messages may have at most ${limits.messages} entries.` })
    .refine((messages) => messages.some((message) => message.role === 'user' && message.content.trim() !== ''), {
      error: 'The prompt is empty: messages needs a user message with some text.',
    }),
  seed: z.union([integer(seedError, -limits.seed, limits.seed), z.null()], { error: seedError }).optional(),
  temperature: between('temperature', 0, 2).optional(),
  top_p: between('top_p', 0, 1).optional(),
  max_completion_tokens: whole('max_completion_tokens', 1, limits.tokens).optional(),
  stop: z
    .union([stopText, z.array(stopText).min(1, { error: stopError }).max(limits.stops, { error: stopError })], {
      error: stopError,
    })
    .optional(),
  frequency_penalty: between('frequency_penalty', -2, 2).optional(),
  presence_penalty: between('presence_penalty', -2, 2).optional(),
  logit_bias: z
    .record(z.string(), between('logit_bias', -100, 100), { error: 'logit_bias must map token ids to numbers.' })
    .optional(),
  reasoning_effort: z
    .enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'], {
      error: 'reasoning_effort must be one of none, minimal, low, medium, high, xhigh, max.',
    })
    .optional(),
  logprobs: z.boolean({ error: 'logprobs must be true or false.' }).optional(),
  top_logprobs: whole('top_logprobs', 0, 20).optional(),
};

/** The subset of OpenAI's CreateChatCompletionRequest that an experiment may set, under the API's own names. */
export const ChatRequest = z.strictObject(parameters, { error: 'request must be an object: { model, messages, … }.' });
export type ChatRequest = z.infer<typeof ChatRequest>;

const armError = 'arms must be a list of { label?, set }, where set holds parameters of the request.';
const Arm = z.strictObject(
  {
    label: text('label', 200).optional(),
    set: z.strictObject(parameters, { error: armError }).partial(),
  },
  { error: armError },
);
export type Arm = z.infer<typeof Arm>;

/** What was asked: one request, how it varies, how often it runs (design.md, Contracts). */
export const Recipe = z
  .strictObject({
    v: z.literal(1, { error: 'v must be 1, the version of recipes that this server knows.' }),
    provider: z
      .string({ error: 'provider must be the name of a provider.' })
      .regex(/^[a-z][a-z0-9-]{0,63}$/, { error: 'provider must be the name of a provider.' }),
    request: ChatRequest,
    arms: z
      .array(Arm, { error: armError })
      .min(1, { error: 'arms may not be an empty list; leave it out if nothing varies.' })
      .max(limits.runs, { error: `arms may have at most ${limits.runs} entries.` })
      .optional(),
    repeats: whole('repeats', 1, limits.runs),
    dispatch: z.enum(['parallel', 'sequential'], { error: 'dispatch must be "parallel" or "sequential".' }).optional(),
    title: text('title', 200).optional(),
  })
  .refine((recipe) => (recipe.arms?.length ?? 1) * recipe.repeats <= limits.runs, {
    path: ['repeats'],
    error: `arms × repeats may be at most ${limits.runs} runs.`,
  });
export type Recipe = z.infer<typeof Recipe>;

/** What is asked last: the content of the last user message, which every recipe has. */
export const promptOf = ({ request }: Recipe): string =>
  request.messages.findLast(({ role }) => role === 'user')?.content ?? '';

export type RecipeProblem = { code: 'invalid_recipe'; message: string; param: string | null };

/**
 * Reads a recipe from anything. A refusal names the first offending field by its path and its limit:
 * `parseRecipe({ ...recipe, repeats: 0 })` gives
 * `{ ok: false, problem: { code: 'invalid_recipe', param: 'repeats', message: 'repeats must be a whole number from 1 to 1000.' } }`.
 */
export function parseRecipe(input: unknown): { ok: true; recipe: Recipe } | { ok: false; problem: RecipeProblem } {
  const parsed = Recipe.safeParse(input);
  if (parsed.success) return { ok: true, recipe: parsed.data };
  const issue = parsed.error.issues[0];
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys') {
    const param = [...path, issue.keys[0] ?? ''].join('.');
    return { ok: false, problem: { code: 'invalid_recipe', message: `Unknown field: ${param}.`, param } };
  }
  const message = path.length === 0 ? 'A recipe must be a JSON object.' : (issue?.message ?? 'Not a recipe.');
  return { ok: false, problem: { code: 'invalid_recipe', message, param: path.join('.') || null } };
}
