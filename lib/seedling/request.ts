import type { GenerateOptions } from './generate';
import { segment } from './segment';
import type { TokenId, Vocabulary } from './vocabulary';

type Optional<T> = T | null | undefined;

/** What Seedling follows of OpenAI's CreateChatCompletionRequest, under its names. Null stands for absent. */
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

/** How many tokens an answer may have where the request sets no limit, and where it sets one. */
const defaultTokens = 256;
export const maxTokens = 4096;

/** How many tokens one choice of an answer may have, its beginning included. */
export const tokenLimit = ({ max_completion_tokens, max_tokens }: SeedlingRequest): number =>
  Math.min(max_completion_tokens ?? max_tokens ?? defaultTokens, maxTokens);

/** Seedling has no memory of who said what: it is led by the words of all messages but its own. */
export const promptOf = ({ messages }: SeedlingRequest): string =>
  messages
    .filter(({ role }) => role !== 'assistant')
    .map(({ content }) => content)
    .join('\n');

/** How the answer is to begin: a last message of the assistant's. Its earlier ones say nothing. '' if there is none. */
export function beginningOf({ messages }: SeedlingRequest): string {
  const last = messages.at(-1);
  return last?.role === 'assistant' ? last.content : '';
}

/** What a request asks of `generate`, for a seed and one of the texts it wants: absent parameters as OpenAI has them. */
export function toGenerateOptions(
  vocabulary: Vocabulary,
  request: SeedlingRequest,
  seed: number,
  choice = 0,
): GenerateOptions {
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
    beginning: segment(vocabulary, beginningOf(request)),
  };
}
