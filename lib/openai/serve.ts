import type { Backend, SeedlingModel } from '@/lib/seedling/backends';
import type { Counts } from '@/lib/seedling/counts';
import { type Finish, generate, type Written } from '@/lib/seedling/generate';
import { type Conditioned, condition, probabilityOf } from '@/lib/seedling/model';
import { log } from '@/lib/seedling/portable-math';
import { sample, temperTail } from '@/lib/seedling/sampler';
import { decode, encode, type TokenId } from '@/lib/seedling/vocabulary';
import type { ChatAsk } from './ask';

/** Seedling as it is served: its counts, a hash that stands for them and for its arithmetic, and what it remembers. */
export type Seedling = { counts: Counts; hash: string; prompts: Map<string, Conditioned> };

/**
 * What a completion has besides its text. `created` is in Unix seconds; `seed` is the one asked for, or a fresh one;
 * `backend` is the one that answers, `inFlight` how many requests share it at the moment of asking.
 */
export type Envelope = { id: string; created: number; seed: number; backend: Backend; inFlight: () => number };

/** How many tokens an answer may have where the request sets no limit, and where it sets one. */
const defaultTokens = 256;
export const mostTokens = 4096;

/** `fp_seedling_…` with the back end's tag: equal for equal counts, arithmetic and number format. */
export const fingerprintOf = ({ hash }: Seedling, { tag }: Backend): string => `fp_seedling_${hash}_${tag}`;

/** Answers a request piece by piece: the `data:` events of a stream in OpenAI's format, but for the closing [DONE]. */
export function* streamChunks(seedling: Seedling, ask: ChatAsk, envelope: Envelope): Generator<object> {
  const withUsage = ask.stream_options?.include_usage === true;
  const head = headOf(seedling, ask, envelope, 'chat.completion.chunk');
  const chunk = (choices: object[]) => ({ ...head, choices, ...(withUsage ? { usage: null } : {}) });
  let tokens = 0;
  for (let index = 0; index < (ask.n ?? 1); index++) {
    const choice = (delta: object, logprobs: object | null, finish_reason: Finish | null) =>
      chunk([{ index, delta, logprobs, finish_reason }]);
    yield choice({ role: 'assistant', content: '', refusal: null }, null, null);
    const writing = write(seedling, ask, envelope, index);
    let step = writing.next();
    for (; !step.done; step = writing.next()) {
      tokens++;
      const logprobs = ask.logprobs ? { content: [logprobOf(seedling, ask, step.value)], refusal: null } : null;
      yield choice({ content: step.value.token }, logprobs, null);
    }
    yield choice({}, null, step.value);
  }
  if (withUsage) yield { ...head, choices: [], usage: usage(seedling, ask, tokens) };
}

/** Answers a request in one piece, in OpenAI's format. Yields after each token, so that the caller can let others in. */
export function* complete(seedling: Seedling, ask: ChatAsk, envelope: Envelope): Generator<undefined, object> {
  const choices: object[] = [];
  let tokens = 0;
  for (let index = 0; index < (ask.n ?? 1); index++) {
    const writing = write(seedling, ask, envelope, index);
    const logprobs: object[] = [];
    let content = '';
    let step = writing.next();
    for (; !step.done; step = writing.next()) {
      tokens++;
      content += step.value.token;
      if (ask.logprobs) logprobs.push(logprobOf(seedling, ask, step.value));
      yield;
    }
    choices.push({
      index,
      message: { role: 'assistant', content, refusal: null, annotations: [] },
      logprobs: ask.logprobs ? { content: logprobs, refusal: null } : null,
      finish_reason: step.value,
    });
  }
  return { ...headOf(seedling, ask, envelope, 'chat.completion'), choices, usage: usage(seedling, ask, tokens) };
}

function headOf(seedling: Seedling, ask: ChatAsk, { id, created, backend }: Envelope, object: string): object {
  const system_fingerprint = fingerprintOf(seedling, backend);
  return { id, object, created, model: ask.model, service_tier: 'default', system_fingerprint };
}

function write(
  seedling: Seedling,
  ask: ChatAsk,
  { seed, backend, inFlight }: Envelope,
  choice: number,
): ReturnType<typeof generate> {
  const bias = new Map(
    Object.entries(ask.logit_bias ?? {}).map(([id, value]): [TokenId, number] => [Number(id), value]),
  );
  return generate(recallPrompt(seedling, promptOf(ask), backend), {
    seed,
    choice,
    temperature: ask.temperature ?? 1,
    top_p: ask.top_p ?? 1,
    bias,
    frequency_penalty: ask.frequency_penalty ?? 0,
    presence_penalty: ask.presence_penalty ?? 0,
    maxTokens: tokenLimit(ask),
    stop: typeof ask.stop === 'string' ? [ask.stop] : (ask.stop ?? []),
    arithmetic: () => backend.arithmetic(inFlight()),
  });
}

/** How many tokens one choice of an answer may have. */
export const tokenLimit = (ask: ChatAsk): number =>
  Math.min(ask.max_completion_tokens ?? ask.max_tokens ?? defaultTokens, mostTokens);

/** Prompts whose conditioned model is kept: working one out takes as long as some dozens of tokens. */
const mostPrompts = 12;

function recallPrompt({ counts, prompts }: Seedling, prompt: string, backend: Backend): Conditioned {
  const key = `${backend.tag} ${prompt}`;
  const conditioned = prompts.get(key) ?? condition(counts, prompt, backend.arithmetic(1));
  prompts.delete(key);
  prompts.set(key, conditioned);
  const [oldest] = prompts.keys();
  if (prompts.size > mostPrompts && oldest !== undefined) prompts.delete(oldest);
  return conditioned;
}

/** Seedling has no memory of who said what: it is led by the words of all messages but its own. */
const promptOf = (ask: ChatAsk): string =>
  ask.messages
    .filter((message) => message.role !== 'assistant')
    .map((message) => message.content)
    .join('\n');

/** OpenAI's sentinel for a token that is as good as impossible. */
const impossible = -9999;

/** The model's own probabilities, before penalties, bias, temperature and top_p, in OpenAI's format. */
function logprobOf({ counts: { vocabulary } }: Seedling, ask: ChatAsk, { id, token, distribution }: Written): object {
  const candidates = sample(
    distribution,
    temperTail(distribution.base, 1),
    { temperature: 1, top_p: 1 },
    0,
  ).candidates();
  const entry = (text: string, probability: number) => ({
    token: text,
    logprob: probability > 0 ? log(probability) : impossible,
    bytes: [...new TextEncoder().encode(text)],
  });
  const top = candidates
    .take(ask.top_logprobs ?? 0)
    .map((candidate) => entry(decode(vocabulary, [candidate.id]), candidate.probability));
  return { ...entry(token, probabilityOf(distribution, id)), top_logprobs: [...top] };
}

function usage({ counts }: Seedling, ask: ChatAsk, completion_tokens: number): object {
  const prompt_tokens = ask.messages.reduce((sum, { content }) => sum + encode(counts.vocabulary, content).length, 0);
  return {
    prompt_tokens,
    completion_tokens,
    total_tokens: prompt_tokens + completion_tokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** A model as GET /v1/models lists it. */
export const describeModel = ({ id }: SeedlingModel, created: number): object => ({
  id,
  object: 'model',
  created,
  owned_by: 'seedbed',
});
