import { z } from 'zod';

/** An error in OpenAI's own shape: all four keys, always (ErrorResponse in its OpenAPI description). */
export type ApiError = { message: string; type: string; param: string | null; code: string | null };

export const apiError = (message: string, param: string | null, code: string | null): ApiError => ({
  message,
  type: 'invalid_request_error',
  param,
  code,
});

const TextPart = z.strictObject({ type: z.literal('text'), text: z.string() });
const Content = z.union([z.string(), z.array(TextPart).transform((parts) => parts.map((part) => part.text).join(''))]);
const AskedMessage = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: Content,
  name: z.string().optional(),
});

const int64 = 2 ** 63;

/** What Seedling reads of OpenAI's CreateChatCompletionRequest. Null stands for absent, as OpenAI has it. */
const ChatAsk = z.strictObject({
  model: z.string(),
  messages: z.array(AskedMessage).min(1),
  // z.int() would take safe integers only, the API takes any of 64 bits.
  seed: z.number().refine(Number.isInteger).min(-int64).max(int64).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().min(0).max(1).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  n: z.literal(1).nullish(),
  stream: z.boolean().nullish(),
  stream_options: z
    .strictObject({ include_usage: z.boolean().optional(), include_obfuscation: z.boolean().optional() })
    .nullish(),
  user: z.string().nullish(),
});

export type ChatAsk = z.infer<typeof ChatAsk>;

/** Reads the body of POST /v1/chat/completions, or says in OpenAI's words what is wrong with it. */
export function parseChatAsk(body: unknown): { ok: true; ask: ChatAsk } | { ok: false; error: ApiError } {
  if (body === null || typeof body !== 'object' || Array.isArray(body))
    return { ok: false, error: apiError('The body of a request must be a JSON object.', null, null) };
  if (!('model' in body)) return { ok: false, error: apiError('you must provide a model parameter', 'model', null) };
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
  const parsed = ChatAsk.safeParse(given);
  if (!parsed.success) return { ok: false, error: explain(parsed.error) };
  if (parsed.data.stream_options && !parsed.data.stream)
    return {
      ok: false,
      error: apiError("'stream_options' is only allowed when 'stream' is true.", 'stream_options', null),
    };
  return { ok: true, ask: parsed.data };
}

function explain(error: z.ZodError): ApiError {
  const [issue] = error.issues;
  const param = issue?.path.join('.') || null;
  if (issue?.code === 'unrecognized_keys') {
    const unknown = [...issue.path, issue.keys[0]].join('.');
    return apiError(`Unknown or unsupported parameter: '${unknown}'.`, unknown, 'unknown_parameter');
  }
  if (issue?.code === 'too_small' && param === 'messages')
    return apiError("Invalid 'messages': empty array. Expected an array with minimum length 1.", param, 'empty_array');
  if (issue?.code === 'too_small' || issue?.code === 'too_big')
    return apiError(
      `Invalid '${param}': ${issue.message}.`,
      param,
      issue.code === 'too_big' ? 'above_max_value' : 'below_min_value',
    );
  return apiError(`Invalid '${param}': ${issue?.message ?? 'not understood'}.`, param, 'invalid_type');
}
