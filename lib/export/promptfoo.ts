import { z } from 'zod';
import { Message } from '@/lib/recipe/schema';
import { asked, type ImportedItem, itemOf, word } from './imported-item';

/*
 * What `promptfoo eval --output results.json` (or .jsonl) writes, as far as it is read here:
 * https://www.promptfoo.dev/docs/configuration/outputs/
 */

const count = z.int().min(0);
const TokenUsage = z.object({ prompt: count, completion: count, total: count }).nullable().catch(null);

/** One answer: a line of the .jsonl, an entry of `results.results` in the .json. */
const PromptfooResult = z.object({
  provider: z.union([z.object({ id: z.string() }).transform(({ id }) => id), z.string()]),
  prompt: z.object({ raw: z.string() }),
  vars: z.record(z.string(), z.unknown()),
  error: z.string().nullish(),
  response: z
    .object({
      output: z.unknown().optional(),
      error: z.string().nullish(),
      finishReason: word,
      tokenUsage: TokenUsage,
      cached: z.boolean().nullable().catch(null),
    })
    .nullish(),
});

const PromptfooFile = z.object({ results: z.object({ results: z.array(z.unknown()) }) });

/** The answers in the whole of a file; null if it is none of promptfoo's. */
export function resultsOfPromptfoo(file: unknown): unknown[] | null {
  const parsed = PromptfooFile.safeParse(file);
  return parsed.success ? parsed.data.results.results : null;
}

/** One answer, with the prompt and the model that promptfoo asked; null if it is none. */
export function readPromptfooResult(value: unknown): ImportedItem[] | null {
  const parsed = PromptfooResult.safeParse(value);
  if (!parsed.success) return null;
  const { provider, prompt, error, response } = parsed.data;
  const about = { model: provider, messages: messagesOf(prompt.raw) };
  const { output = null, tokenUsage = null, finishReason: finish = null, cached } = response ?? {};
  if (output === null) {
    const message = error ?? response?.error ?? 'promptfoo got no output.';
    return [itemOf('', { ...about, error: { code: 'failed', message, status: null, param: null, retryable: false } })];
  }
  const usage = tokenUsage && {
    prompt_tokens: tokenUsage.prompt,
    completion_tokens: tokenUsage.completion,
    total_tokens: tokenUsage.total,
  };
  const text = typeof output === 'string' ? output : JSON.stringify(output);
  return [itemOf(text, { ...about, finish, usage, cached: cached === true })];
}

/** A prompt of promptfoo's is text, or the messages of a chat as JSON. */
function messagesOf(raw: string): Message[] | null {
  try {
    return z.array(Message).min(1).parse(JSON.parse(raw));
  } catch {
    return asked.parse(raw);
  }
}
