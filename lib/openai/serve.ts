import { generate } from '@/lib/seedling/generate';
import { condition, type Model } from '@/lib/seedling/model';
import { tokenize } from '@/lib/seedling/tokenizer';
import type { ChatAsk } from './ask';

/** Seedling's one model name, and the fingerprint that stands for its corpus and arithmetic. */
export type Seedling = { model: Model; fingerprint: string };
export const seedlingModel = 'seedling-1';

/** What a completion has besides its text. `created` is in Unix seconds; `seed` is the one asked for, or a fresh one. */
export type Envelope = { id: string; created: number; seed: number };

/** How many tokens an answer may have where the request sets no limit. */
const defaultTokens = 256;
const mostTokens = 4096;

/** Answers a request piece by piece, as `data:` events of a stream in OpenAI's format, the last but [DONE]. */
export function* streamChunks(seedling: Seedling, ask: ChatAsk, envelope: Envelope): Generator<object> {
  const withUsage = ask.stream_options?.include_usage === true;
  const chunk = (choices: object[], usage: object | null = null) => ({
    id: envelope.id,
    object: 'chat.completion.chunk',
    created: envelope.created,
    model: ask.model,
    service_tier: 'default',
    system_fingerprint: seedling.fingerprint,
    choices,
    ...(withUsage ? { usage } : {}),
  });
  const choice = (delta: object, finish_reason: string | null) => [{ index: 0, delta, logprobs: null, finish_reason }];
  yield chunk(choice({ role: 'assistant', content: '', refusal: null }, null));
  const writing = write(seedling, ask, envelope.seed);
  let tokens = 0;
  let step = writing.next();
  for (; !step.done; step = writing.next()) {
    tokens++;
    yield chunk(choice({ content: step.value.token }, null));
  }
  yield chunk(choice({}, step.value));
  if (withUsage) yield chunk([], usage(ask, tokens));
}

/** Answers a request in one piece, in OpenAI's format. */
export function complete(seedling: Seedling, ask: ChatAsk, envelope: Envelope): object {
  const writing = write(seedling, ask, envelope.seed);
  let content = '';
  let tokens = 0;
  let step = writing.next();
  for (; !step.done; step = writing.next()) {
    tokens++;
    content += step.value.token;
  }
  const message = { role: 'assistant', content, refusal: null, annotations: [] };
  return {
    id: envelope.id,
    object: 'chat.completion',
    created: envelope.created,
    model: ask.model,
    service_tier: 'default',
    system_fingerprint: seedling.fingerprint,
    choices: [{ index: 0, message, logprobs: null, finish_reason: step.value }],
    usage: usage(ask, tokens),
  };
}

function write({ model }: Seedling, ask: ChatAsk, seed: number): ReturnType<typeof generate> {
  const stop = typeof ask.stop === 'string' ? [ask.stop] : (ask.stop ?? []);
  const limit = ask.max_completion_tokens ?? ask.max_tokens ?? defaultTokens;
  return generate(condition(model, promptOf(ask)), {
    seed,
    temperature: ask.temperature ?? 1,
    top_p: ask.top_p ?? 1,
    maxTokens: Math.min(limit, mostTokens),
    stop,
  });
}

/** Seedling has no memory of who said what: it is led by the words of all messages but its own. */
const promptOf = (ask: ChatAsk): string =>
  ask.messages
    .filter((message) => message.role !== 'assistant')
    .map((message) => message.content)
    .join('\n');

function usage(ask: ChatAsk, completion_tokens: number): object {
  const prompt_tokens = ask.messages.reduce((sum, message) => sum + tokenize(message.content).length, 0);
  return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens };
}

/** The models list of GET /v1/models. */
export const modelList = (created: number): { object: 'list'; data: object[] } => ({
  object: 'list',
  data: [{ id: seedlingModel, object: 'model', created, owned_by: 'seedbed' }],
});
