import { z } from 'zod';
import { Message } from '@/lib/recipe/schema';
import { asked, type ImportedItem, itemOf, seed, word } from './imported-item';

/*
 * Logs of Inspect as JSON: what `inspect eval --log-format json` writes, or `inspect log convert --to json` makes of its
 * .eval files. https://inspect.aisi.org.uk/eval-logs.html
 */

const config = z.object({ seed }).catch({ seed: null });

const InspectLog = z.object({
  eval: z.object({ model: z.string(), model_generate_config: config.optional() }),
  plan: z.object({ config }).optional().catch(undefined),
  samples: z.array(z.unknown()),
});

const Part = z.union([
  z.string(),
  z.object({ type: z.literal('text'), text: z.string() }).transform(({ text }) => text),
]);

/** A text, or parts of one among others, such as reasoning. */
const Content = z.union([
  z.string(),
  z.array(z.unknown()).transform((parts) => parts.flatMap((part) => Part.safeParse(part).data ?? []).join('')),
]);

const count = z.int().min(0);
const Usage = z
  .object({ input_tokens: count, output_tokens: count, total_tokens: count })
  .transform((usage) => ({
    prompt_tokens: usage.input_tokens,
    completion_tokens: usage.output_tokens,
    total_tokens: usage.total_tokens,
  }))
  .nullable()
  .catch(null);

const Sample = z.object({
  input: z.unknown(),
  output: z
    .object({
      model: word,
      choices: z.array(z.object({ message: z.object({ content: Content }), stop_reason: word })),
      usage: Usage,
    })
    .nullish()
    .catch(null),
  error: z.object({ message: z.string() }).nullish().catch(null),
});

/** Inspect's words for why an answer ended, where OpenAI has another. */
const finishes: Record<string, string> = { max_tokens: 'length', model_length: 'length' };

/** The answers to the samples of a log, epoch by epoch as they stand there; null if the file is no log. */
export function readInspectLog(file: unknown): ImportedItem[] | null {
  const log = InspectLog.safeParse(file);
  if (!log.success) return null;
  const { eval: about, plan, samples } = log.data;
  const known = { model: about.model, seed: about.model_generate_config?.seed ?? plan?.config.seed ?? null };
  return samples.map((value) => {
    const sample = Sample.safeParse(value).data;
    const [choice] = sample?.output?.choices ?? [];
    const more = { ...known, messages: messagesOf(sample?.input) };
    if (!choice || sample?.error) {
      const message = sample?.error?.message ?? 'This sample has no answer.';
      return itemOf('', { ...more, error: { code: 'failed', message, status: null, param: null, retryable: false } });
    }
    return itemOf(choice.message.content, {
      ...more,
      servedModel: sample?.output?.model ?? null,
      finish: choice.stop_reason && (finishes[choice.stop_reason] ?? choice.stop_reason),
      usage: sample?.output?.usage ?? null,
    });
  });
}

const Asked = z.object({ role: Message.shape.role, content: Content });

/** An input is text, or the messages of a chat. */
function messagesOf(input: unknown): Message[] | null {
  const messages = z.array(Asked).min(1).pipe(z.array(Message)).safeParse(input);
  return messages.success ? messages.data : asked.parse(input);
}
