import type { GenerateOptions } from './generate';
import { segment } from './segment';
import type { TokenId, Vocabulary } from './vocabulary';
import type { WritingOptions } from './writing';

type Optional<T> = T | null | undefined;

/** The parameters of OpenAI's CreateChatCompletionRequest that Seedling follows, under their names. Null stands for absent. */
export type SeedlingRequest = {
  messages: readonly { role: string; content: string }[];
  temperature?: Optional<number>;
  top_p?: Optional<number>;
  stop?: Optional<string | readonly string[]>;
  max_tokens?: Optional<number>;
  max_completion_tokens?: Optional<number>;
  frequency_penalty?: Optional<number>;
  presence_penalty?: Optional<number>;
  logit_bias?: Optional<Readonly<Record<string, number>>>;
};

/** The length of an answer, in tokens, where the request sets no limit. */
const defaultMaxTokens = 256;
/** No request may set a higher limit. */
export const maxTokens = 4096;

/** How many tokens one choice of an answer may have, its prefill included. */
export const tokenLimit = ({ max_completion_tokens, max_tokens }: SeedlingRequest): number =>
  Math.min(max_completion_tokens ?? max_tokens ?? defaultMaxTokens, maxTokens);

/** The text that Seedling is conditioned on: all messages but the assistant's, since it does not tell who said what. */
export const conditioningText = ({ messages }: SeedlingRequest): string =>
  messages
    .filter(({ role }) => role !== 'assistant')
    .map(({ content }) => content)
    .join('\n');

/** How the answer is to begin: the last message, if it is the assistant's; else ''. Its earlier messages have no effect. */
export function prefillOf({ messages }: SeedlingRequest): string {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? last.content : '';
}

/** A request as options for `generate`, for a seed and one of the texts it wants (`choice`, from 0). Defaults are OpenAI's. */
export const toGenerateOptions = (
  vocabulary: Vocabulary,
  request: SeedlingRequest,
  seed: number | bigint,
  choice = 0,
): GenerateOptions => ({
  ...toWritingOptions(request, seed, choice),
  prefill: segment(vocabulary, prefillOf(request)),
});

/** The same but for the beginning of the answer, which each model reads in its own tokens. */
export function toWritingOptions(
  request: SeedlingRequest,
  seed: number | bigint,
  choice: number,
): Omit<WritingOptions, 'prefill'> {
  const { logit_bias, stop } = request;
  return {
    seed,
    choice,
    temperature: request.temperature ?? 1,
    top_p: request.top_p ?? 1,
    bias: new Map(Object.entries(logit_bias ?? {}).map(([id, value]): [TokenId, number] => [Number(id), value])),
    frequency_penalty: request.frequency_penalty ?? 0,
    presence_penalty: request.presence_penalty ?? 0,
    maxTokens: tokenLimit(request),
    stop: typeof stop === 'string' ? [stop] : (stop ?? []),
  };
}
