import { probabilityOf } from '@/lib/seedling/model';
import { log } from '@/lib/seedling/portable-math';
import { sample, temperTail } from '@/lib/seedling/sampler';
import type { TokenId } from '@/lib/seedling/vocabulary';
import type { Finish, GeneratedToken } from '@/lib/seedling/writing';
import type { CompletionRequest } from './completion-request';

/** What a completion has besides its texts. `created` is in Unix seconds. */
export type Envelope = { id: string; created: number };

/** A model of this server's own, ready to answer one request. */
export type Writer = {
  fingerprint: string;
  promptTokens: number;
  /** how many of a request's texts are written at a time */
  together: number;
  /** one of the texts that the request wants, from 0 */
  write: (choice: number) => Generator<GeneratedToken, Finish>;
  /** a token that might have come, as text */
  textOf: (id: TokenId) => string;
  /** a token's own bytes, where a text has it as `text` */
  bytesOf: (id: TokenId, text: string) => number[];
};

/**
 * Answers a request in OpenAI's format: the `data:` events of a stream, without the closing [DONE], or one whole completion. After
 * each token something is yielded, if only undefined, so that the caller can serve others.
 */
export function* answer(
  writer: Writer,
  request: CompletionRequest,
  envelope: Envelope,
): Generator<object | undefined, void> {
  if (request.stream) yield* streamChunks(writer, request, envelope);
  else yield yield* complete(writer, request, envelope);
}

/** Answers a request as a stream. */
export function* streamChunks(writer: Writer, request: CompletionRequest, envelope: Envelope): Generator<object> {
  const withUsage = request.stream_options?.include_usage === true;
  const head = headOf(writer, request, envelope, 'chat.completion.chunk');
  const chunk = (index: number, delta: object, logprobs: object | null, finish_reason: Finish | null) => ({
    ...head,
    choices: [{ index, delta, logprobs, finish_reason }],
    ...(withUsage ? { usage: null } : {}),
  });
  let tokens = 0;
  for (const { index, token, finish } of writeAll(writer, request.n ?? 1)) {
    if (token) {
      tokens++;
      const logprobs = request.logprobs ? { content: [logprobOf(writer, request, token)], refusal: null } : null;
      yield chunk(index, { content: token.token }, logprobs, null);
    } else if (finish === null) yield chunk(index, { role: 'assistant', content: '', refusal: null }, null, null);
    else yield chunk(index, {}, null, finish);
  }
  if (withUsage) yield { ...head, choices: [], usage: usage(writer, tokens) };
}

/** Answers a request in one piece. */
export function* complete(
  writer: Writer,
  request: CompletionRequest,
  envelope: Envelope,
): Generator<undefined, object> {
  const all: { content: string; logprobs: object[]; finish: Finish | null }[] = [];
  let tokens = 0;
  for (const { index, token, finish } of writeAll(writer, request.n ?? 1)) {
    const text = all[index] ?? { content: '', logprobs: [], finish: null };
    all[index] = text;
    text.finish = finish;
    if (!token) continue;
    tokens++;
    text.content += token.token;
    if (request.logprobs) text.logprobs.push(logprobOf(writer, request, token));
    yield;
  }
  const choices = all.map(({ content, logprobs, finish }, index) => ({
    index,
    message: { role: 'assistant', content, refusal: null, annotations: [] },
    logprobs: request.logprobs ? { content: logprobs, refusal: null } : null,
    finish_reason: finish,
  }));
  return { ...headOf(writer, request, envelope, 'chat.completion'), choices, usage: usage(writer, tokens) };
}

/** What has happened to one of the texts: it has begun (neither is set), has a token more, or has ended. */
type Step = { index: number; token: GeneratedToken | null; finish: Finish | null };

/** Writes all texts of a request: a token of each in turn, and the next text when one has ended. */
function* writeAll({ write, together }: Writer, count: number): Generator<Step, void> {
  const writing = new Map<number, ReturnType<Writer['write']>>();
  try {
    for (let begun = 0; begun < count || writing.size > 0; ) {
      for (; begun < count && writing.size < together; begun++) {
        writing.set(begun, write(begun));
        yield { index: begun, token: null, finish: null };
      }
      for (const [index, text] of writing) {
        const step = text.next();
        if (step.done) writing.delete(index);
        yield step.done ? { index, token: null, finish: step.value } : { index, token: step.value, finish: null };
      }
    }
  } finally {
    for (const text of writing.values()) text.return('stop');
  }
}

function headOf(
  { fingerprint }: Writer,
  request: CompletionRequest,
  { id, created }: Envelope,
  object: string,
): object {
  return { id, object, created, model: request.model, service_tier: 'default', system_fingerprint: fingerprint };
}

/** OpenAI's sentinel for a token that is as good as impossible. */
const impossible = -9999;

/** The model's own probabilities, before penalties, bias, temperature and top_p, in OpenAI's format. */
function logprobOf(
  { textOf, bytesOf }: Writer,
  request: CompletionRequest,
  { id, token, distribution }: GeneratedToken,
): object {
  const candidates = sample(
    distribution,
    temperTail(distribution.base, 1),
    { temperature: 1, top_p: 1 },
    0,
  ).candidates();
  const entry = (of: TokenId, text: string, probability: number) => ({
    token: text,
    logprob: probability > 0 ? log(probability) : impossible,
    bytes: bytesOf(of, text),
  });
  const top = candidates
    .take(request.top_logprobs ?? 0)
    .map((candidate) => entry(candidate.id, textOf(candidate.id), candidate.probability));
  return { ...entry(id, token, probabilityOf(distribution, id)), top_logprobs: [...top] };
}

/** Token counts. A prefill is counted once, as part of the answer. */
const usage = ({ promptTokens }: Writer, completion_tokens: number): object => ({
  prompt_tokens: promptTokens,
  completion_tokens,
  total_tokens: promptTokens + completion_tokens,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
});

/** A model as GET /v1/models lists it. */
export const describeModel = ({ id }: { id: string }, created: number): object => ({
  id,
  object: 'model',
  created,
  owned_by: 'seedbed',
});
