import { z } from 'zod';
import { stringifyExactly } from '@/lib/recipe/seed';
import { err, ok, type Result } from '@/lib/result';

/** An error in OpenAI's own shape: all four keys, always (ErrorResponse in its OpenAPI description). */
export type ApiError = { message: string; type: string; param: string | null; code: string | null };

export const apiError = (message: string, param: string | null, code: string | null): ApiError => ({
  message,
  type: 'invalid_request_error',
  param,
  code,
});

const TextPart = z.object({ type: z.literal('text'), text: z.string() });
const Content = z.union([z.string(), z.array(TextPart).transform((parts) => parts.map((part) => part.text).join(''))]);
const RequestMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: Content,
  name: z.string().optional(),
});

/** The most entries that a list in a request may have: 2,048 as at OpenAI. */
const maxMessages = 2048;

const whole = (low: number, high: number) => z.number().int().min(low).max(high).nullish();
const between = (low: number, high: number) => z.number().min(low).max(high).nullish();

const [minSeed, maxSeed] = [-(2n ** 63n), 2n ** 64n - 1n];

/** A seed of 64 bits, with a sign or without: a number, or a bigint where numbers are not exact. */
function readSeed(input: unknown, { issues }: z.core.$RefinementCtx): number | bigint {
  if (typeof input === 'bigint' || (typeof input === 'number' && Number.isInteger(input))) {
    if (input > maxSeed) issues.push({ code: 'too_big', origin: 'bigint', maximum: maxSeed, input });
    if (input < minSeed) issues.push({ code: 'too_small', origin: 'bigint', minimum: minSeed, input });
    return input;
  }
  issues.push({ code: 'invalid_type', expected: 'int', input });
  return z.NEVER;
}

/** The part of OpenAI's CreateChatCompletionRequest that Seedling reads. Null stands for absent, as at OpenAI. */
const CompletionRequest = z.strictObject({
  model: z.string(),
  messages: z.array(z.unknown()).min(1).max(maxMessages).pipe(z.array(RequestMessage)),
  seed: z.unknown().transform(readSeed).optional(),
  temperature: between(0, 2),
  top_p: between(0, 1),
  n: whole(1, 128),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  max_tokens: whole(1, Number.MAX_SAFE_INTEGER),
  max_completion_tokens: whole(1, Number.MAX_SAFE_INTEGER),
  frequency_penalty: between(-2, 2),
  presence_penalty: between(-2, 2),
  logit_bias: z.record(z.string().regex(/^\d+$/), z.number().min(-100).max(100)).nullish(),
  logprobs: z.boolean().nullish(),
  top_logprobs: whole(0, 20),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  // Accepted because clients send them; without effect on a model that stores nothing and writes text only.
  user: z.string().nullish(),
  store: z.boolean().nullish(),
  metadata: z.record(z.string(), z.string()).nullish(),
  service_tier: z.string().nullish(),
  safety_identifier: z.string().nullish(),
  prompt_cache_key: z.string().nullish(),
  response_format: z.strictObject({ type: z.literal('text') }).nullish(),
  modalities: z.array(z.literal('text')).nullish(),
});

export type CompletionRequest = z.infer<typeof CompletionRequest>;

/** Parameters of OpenAI's that Seedling does not support. */
const unsupported = new Set(
  `audio function_call functions moderation parallel_tool_calls prediction prompt_cache_retention reasoning_effort
  tool_choice tools verbosity web_search_options`.split(/\s+/),
);

const refuse = (message: string, param: string | null, code: string | null): { ok: false; error: ApiError } =>
  err(apiError(message, param, code));

/** Reads the body of POST /v1/chat/completions, or says in OpenAI's words what is wrong with it. */
export function parseCompletionRequest(body: unknown): Result<CompletionRequest, ApiError> {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return refuse('The body of a request must be a JSON object.', null, null);
  if (!('model' in body) || body.model === '') return refuse('you must provide a model parameter', 'model', null);
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  const parsed = CompletionRequest.safeParse(given);
  if (!parsed.success) return err(explain(parsed.error, body));
  return checkLengths(parsed.data);
}

/** The longest stop sequence, and the most that all messages may say, in UTF-16 units. */
const maxStopCharacters = 1000;
const maxMessageCharacters = 128 * 1024;
/** The most tokens with a bias. */
const maxBiases = 1024;

/** Refuses what is too long. */
function checkLengths(request: CompletionRequest): Result<CompletionRequest, ApiError> {
  const characters = request.messages.reduce((sum, { content }) => sum + content.length, 0);
  if (characters > maxMessageCharacters) {
    const message = `The messages may have at most ${maxMessageCharacters} characters in all, but have ${characters}.`;
    return refuse(message, 'messages', 'context_length_exceeded');
  }
  const longStop = [request.stop ?? []].flat().find(({ length }) => length > maxStopCharacters);
  if (longStop !== undefined) {
    const message = `Invalid 'stop': string too long. Expected a string with maximum length ${maxStopCharacters}, but got a string with length ${longStop.length} instead.`;
    return refuse(message, 'stop', 'string_above_max_length');
  }
  if (Object.keys(request.logit_bias ?? {}).length > maxBiases)
    return refuse(
      `Invalid 'logit_bias': expected at most ${maxBiases} entries.`,
      'logit_bias',
      'object_above_max_properties',
    );
  return checkCombination(request);
}

/** Refuses combinations of parameters that are allowed one by one. */
function checkCombination(request: CompletionRequest): Result<CompletionRequest, ApiError> {
  if (request.stream_options && !request.stream)
    return refuse("The 'stream_options' parameter is only allowed when 'stream' is enabled.", 'stream_options', null);
  if (typeof request.top_logprobs === 'number' && !request.logprobs)
    return refuse("The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.", 'top_logprobs', null);
  if (typeof request.max_tokens === 'number' && typeof request.max_completion_tokens === 'number')
    return refuse(
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
      'max_tokens',
      'invalid_parameter_combination',
    );
  return ok(request);
}

/** What is wrong with a body, in OpenAI's words: the first issue that zod found in it. */
function explain(error: z.ZodError, body: object): ApiError {
  const [issue] = error.issues;
  const path = issue?.path ?? [];
  const param = path.reduce<string>((name, key) => nameOf(name, key), '') || null;
  if (issue?.code === 'unrecognized_keys') return unknownParameter(nameOf(param ?? '', issue.keys[0] ?? ''));
  const value = valueAt(body, path);
  return explainValue(param, value) ?? explainIssue(issue, param, value);
}

/** What is wrong with a value that OpenAI has words of its own for; else null. */
function explainValue(param: string | null, value: unknown): ApiError | null {
  if (param?.includes('content') && isOtherPart(value))
    return apiError(`Invalid content type for '${param}': this model reads text only.`, param, 'invalid_value');
  if (param === 'messages' && Array.isArray(value) && value.length === 0)
    return apiError("Invalid 'messages': empty array. Expected an array with minimum length 1.", param, 'empty_array');
  if (value === undefined)
    return apiError(`Missing required parameter: '${param}'.`, param, 'missing_required_parameter');
  return null;
}

/** What is wrong with a value by the kind of zod's issue. */
function explainIssue(issue: z.core.$ZodIssue | undefined, param: string | null, value: unknown): ApiError {
  if (issue?.code === 'too_big') return outOfRange(param, value, '<=', issue.maximum);
  if (issue?.code === 'too_small' && issue.origin !== 'string') return outOfRange(param, value, '>=', issue.minimum);
  if (issue?.code === 'invalid_type') {
    const expected = issue.expected === 'int' ? 'an integer' : `a value of type ${issue.expected}`;
    const message = `Invalid type for '${param}': expected ${expected}, but got ${quote(value)} instead.`;
    return apiError(message, param, 'invalid_type');
  }
  return apiError(`Invalid value for '${param}': ${quote(value)}.`, param, 'invalid_value');
}

/** `nameOf('messages[0]', 'content')` is 'messages[0].content'. */
const nameOf = (name: string, key: PropertyKey): string => {
  if (typeof key === 'number') return `${name}[${key}]`;
  return name === '' ? String(key) : `${name}.${String(key)}`;
};

function valueAt(body: object, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value !== null && typeof value === 'object' ? Reflect.get(value, key) : undefined),
    body,
  );
}

const isOtherPart = (value: unknown): boolean =>
  Array.isArray(value) && value.some((part) => valueAt({ part }, ['part', 'type']) !== 'text');

const unknownParameter = (name: string): ApiError =>
  unsupported.has(name)
    ? apiError(`Unsupported parameter: '${name}' is not supported with this model.`, name, 'unsupported_parameter')
    : apiError(`Unrecognized request argument supplied: ${name}`, name, 'unknown_parameter');

function outOfRange(param: string | null, value: unknown, sign: '<=' | '>=', limit: number | bigint): ApiError {
  if (typeof value !== 'number' && typeof value !== 'bigint')
    return apiError(`Invalid '${param}': expected at most ${limit} entries.`, param, 'array_above_max_length');
  const kind = Number.isInteger(Number(limit)) && Number.isInteger(Number(value)) ? 'integer' : 'decimal';
  const [word, code] = sign === '<=' ? ['above maximum', 'above_max_value'] : ['below minimum', 'below_min_value'];
  return apiError(
    `Invalid '${param}': ${kind} ${word} value. Expected a value ${sign} ${limit}, but got ${value} instead.`,
    param,
    `${kind}_${code}`,
  );
}

/** A value as JSON, cut to 100 characters. */
const quote = (value: unknown): string => (value === undefined ? 'nothing' : stringifyExactly(value).slice(0, 100));
