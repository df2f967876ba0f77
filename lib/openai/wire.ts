import { z } from 'zod';
import { Usage } from '@/lib/run/schema';

/*
 * The part of other servers' answers that we read. Lenient where servers that call themselves compatible differ from
 * OpenAI's: keys may be absent or null, choices empty, content a list of parts.
 */

const TextPart = z.object({ text: z.string() }).transform((part) => part.text);
const OtherPart = z.unknown().transform(() => '');
const Content = z.union([z.string(), z.array(z.union([TextPart, OtherPart])).transform((parts) => parts.join(''))]);

const bytes = z
  .array(z.int())
  .nullish()
  .transform((value) => value ?? null);
const Alternative = z.object({ token: z.string(), logprob: z.number(), bytes });
const WireToken = Alternative.extend({
  top_logprobs: z
    .array(Alternative)
    .nullish()
    .transform((top) => top ?? []),
});

/** What a run needs of one `data:` event of a streamed chat completion. */
export const ChatChunk = z.object({
  model: z.string().nullish(),
  system_fingerprint: z.string().nullish(),
  usage: Usage.nullish(),
  choices: z
    .array(
      z.object({
        delta: z.object({ content: Content.nullish(), refusal: z.string().nullish() }).nullish(),
        finish_reason: z.string().nullish(),
        logprobs: z.object({ content: z.array(WireToken).nullish() }).nullish(),
      }),
    )
    .nullish(),
});
export type ChatChunk = z.infer<typeof ChatChunk>;
