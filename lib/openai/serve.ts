import type { Backend, SeedlingModel } from '@/lib/seedling/backends';
import { generate } from '@/lib/seedling/generate';
import { probabilityOf } from '@/lib/seedling/model';
import { log } from '@/lib/seedling/portable-math';
import { conditioningText, toGenerateOptions } from '@/lib/seedling/request';
import { sample, temperTail } from '@/lib/seedling/sampler';
import { conditionOn, fingerprintOf, type Seedling } from '@/lib/seedling/seedling';
import { decode, encode } from '@/lib/seedling/vocabulary';
import type { Finish, GeneratedToken } from '@/lib/seedling/writing';
import type { CompletionRequest } from './completion-request';

/**
 * What a completion has besides its text. `created` is in Unix seconds; `seed` is the requested one, or a fresh one;
 * `backend` is the back end that answers, and `inFlight` how many of its sender's requests shared it when this one came, this
 * one with them.
 */
export type Envelope = { id: string; created: number; seed: number | bigint; backend: Backend; inFlight: number };

/** Answers a request as a stream: the `data:` events in OpenAI's format, without the closing [DONE]. */
export function* streamChunks(seedling: Seedling, request: CompletionRequest, envelope: Envelope): Generator<object> {
  const withUsage = request.stream_options?.include_usage === true;
  const head = headOf(seedling, request, envelope, 'chat.completion.chunk');
  const chunk = (choices: object[]) => ({ ...head, choices, ...(withUsage ? { usage: null } : {}) });
  let tokens = 0;
  for (let index = 0; index < (request.n ?? 1); index++) {
    const choice = (delta: object, logprobs: object | null, finish_reason: Finish | null) =>
      chunk([{ index, delta, logprobs, finish_reason }]);
    yield choice({ role: 'assistant', content: '', refusal: null }, null, null);
    const writing = write(seedling, request, envelope, index);
    let step = writing.next();
    for (; !step.done; step = writing.next()) {
      tokens++;
      const logprobs = request.logprobs ? { content: [logprobOf(seedling, request, step.value)], refusal: null } : null;
      yield choice({ content: step.value.token }, logprobs, null);
    }
    yield choice({}, null, step.value);
  }
  if (withUsage) yield { ...head, choices: [], usage: usage(seedling, request, tokens) };
}

/** Answers a request in one piece, in OpenAI's format. Yields after each token, so that the caller can serve others. */
export function* complete(
  seedling: Seedling,
  request: CompletionRequest,
  envelope: Envelope,
): Generator<undefined, object> {
  const choices: object[] = [];
  let tokens = 0;
  for (let index = 0; index < (request.n ?? 1); index++) {
    const writing = write(seedling, request, envelope, index);
    const logprobs: object[] = [];
    let content = '';
    let step = writing.next();
    for (; !step.done; step = writing.next()) {
      tokens++;
      content += step.value.token;
      if (request.logprobs) logprobs.push(logprobOf(seedling, request, step.value));
      yield;
    }
    choices.push({
      index,
      message: { role: 'assistant', content, refusal: null, annotations: [] },
      logprobs: request.logprobs ? { content: logprobs, refusal: null } : null,
      finish_reason: step.value,
    });
  }
  return {
    ...headOf(seedling, request, envelope, 'chat.completion'),
    choices,
    usage: usage(seedling, request, tokens),
  };
}

function headOf(
  seedling: Seedling,
  request: CompletionRequest,
  { id, created, backend }: Envelope,
  object: string,
): object {
  const system_fingerprint = fingerprintOf(seedling, backend);
  return { id, object, created, model: request.model, service_tier: 'default', system_fingerprint };
}

function write(
  seedling: Seedling,
  request: CompletionRequest,
  { seed, backend, inFlight }: Envelope,
  choice: number,
): ReturnType<typeof generate> {
  return generate(conditionOn(seedling, conditioningText(request), backend), {
    ...toGenerateOptions(seedling.counts.vocabulary, request, seed, choice),
    arithmetic: backend.arithmetic(inFlight),
  });
}

/** OpenAI's sentinel for a token that is as good as impossible. */
const impossible = -9999;

/** The model's own probabilities, before penalties, bias, temperature and top_p, in OpenAI's format. */
function logprobOf(
  { counts: { vocabulary } }: Seedling,
  request: CompletionRequest,
  { id, token, distribution }: GeneratedToken,
): object {
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
    .take(request.top_logprobs ?? 0)
    .map((candidate) => entry(decode(vocabulary, [candidate.id]), candidate.probability));
  return { ...entry(token, probabilityOf(distribution, id)), top_logprobs: [...top] };
}

/** Token counts. A prefill is counted once, as part of the answer. */
function usage({ counts }: Seedling, request: CompletionRequest, completion_tokens: number): object {
  const read = request.messages.at(-1)?.role === 'assistant' ? request.messages.slice(0, -1) : request.messages;
  const prompt_tokens = read.reduce((sum, { content }) => sum + encode(counts.vocabulary, content).length, 0);
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
