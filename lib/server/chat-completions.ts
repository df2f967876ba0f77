import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { maxBodyBytes, readJson } from '@/lib/http/body';
import type { Problem } from '@/lib/http/problem';
import {
  type ApiError,
  apiError,
  type CompletionRequest,
  parseCompletionRequest,
} from '@/lib/openai/completion-request';
import { complete, describeModel, type Envelope, streamChunks } from '@/lib/openai/serve';
import { type Backend, seedlingModels } from '@/lib/seedling/backends';
import { maxTokens, tokenLimit } from '@/lib/seedling/request';
import type { Seedling } from '@/lib/seedling/seedling';
import { requestIdHeader } from '@/lib/telemetry/request';
import { addressHeader } from './address';
import type { Allowance } from './allowance';
import type { LoadBalancer } from './load-balancing';
import { type Methods, methodsOf } from './methods';
import type { RateLimit } from './rate-limit';
import type { Turns } from './turns';

/**
 * Seedling as an endpoint: the model, whose turn it is to write, how many requests are in flight by sender and back end, which
 * back end answers, how often one address may ask, and how much it may be told.
 */
export type SeedlingEndpoint = {
  seedling: Seedling;
  turns: Turns;
  inFlight: Map<string, number>;
  balance: LoadBalancer;
  rateLimit: RateLimit;
  allowance?: Allowance;
};

/** The header that asks for this many tokens a second. */
export const paceHeader = 'x-seedling-pace';

/** The header that names who shares a back end: an experiment. Without it, requests of one address do. */
export const senderHeader = 'x-seedling-sender';

/** Any program and any site's page may use Seedling: it has no secrets. */
const open = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

/** About as many characters of a prompt are one token. */
const charactersPerToken = 4;

/** How long one turn of writing may take, in milliseconds: then others have theirs. */
const turnMs = 10;

/** POST /v1/chat/completions: Seedling over OpenAI's wire format. Also what the playground's own SDK is pointed at. */
export async function chatCompletions(endpoint: SeedlingEndpoint, request: Request): Promise<Response> {
  const started = performance.now();
  // One that did not come over the network has no id yet.
  const requestId = request.headers.get(requestIdHeader) ?? `req_${randomBytes(16).toString('hex')}`;
  const headers = { ...open, [requestIdHeader]: requestId, 'openai-version': '2020-10-01' };
  const waitSeconds = await endpoint.rateLimit(request);
  if (waitSeconds > 0) return refuse(429, tooMany(waitSeconds), { ...headers, 'retry-after': String(waitSeconds) });
  const turn = () => endpoint.turns.take(senderOf(request));
  await turn(); // to read a long prompt is work, too
  const json = await readJson(request, maxBodyBytes, BigInt);
  if (!json.ok) return refuse(json.error.status, bodyError(json.error.status), headers);
  const parsed = parseCompletionRequest(json.value);
  if (!parsed.ok) return refuse(400, parsed.error, headers);
  const body = parsed.value;
  const model = seedlingModels.find(({ id }) => id === body.model);
  if (!model) return refuse(404, unknownModel(body.model), headers);
  const most = body.logprobs && !body.stream ? maxTokens : maxTokens * 8;
  if ((body.n ?? 1) * tokenLimit(body) > most) return refuse(400, tooLong(most), headers);
  const sent = Math.ceil(body.messages.reduce((sum, { content }) => sum + content.length, 0) / charactersPerToken);
  const allowed = await endpoint.allowance?.(request, sent + (body.n ?? 1) * tokenLimit(body));
  if (allowed && !allowed.ok)
    return refuse(429, tooMuch(allowed.error.message), { ...headers, ...retryAfter(allowed.error) });
  const backend = endpoint.balance(model.backends);
  const { shared, leave: makeRoom } = enter(endpoint, request, backend);
  const leave = (tokens: number) => {
    makeRoom();
    allowed?.value(sent + tokens);
  };
  const envelope = seal(body, backend, shared);
  if (body.stream) {
    const chunks = streamChunks(endpoint.seedling, body, envelope);
    return sendChunks(
      chunks,
      { turn, pace: paceOf(request), leave },
      { ...headers, 'openai-processing-ms': since(started) },
    );
  }
  const completion = await finish(complete(endpoint.seedling, body, envelope), { turn, leave }, request.signal);
  return Response.json(completion, { headers: { ...headers, 'openai-processing-ms': since(started) } });
}

/** What an answer has besides its text, with a seed drawn if the request has none. */
const seal = (body: CompletionRequest, backend: Backend, inFlight: number): Envelope => ({
  id: `chatcmpl-${randomBytes(12).toString('base64url')}`,
  created: Math.floor(Date.now() / 1000),
  seed: body.seed ?? randomInt(2 ** 47),
  backend,
  inFlight,
});

/**
 * Counts a request as in flight. `shared` is how many of its sender's now are, this one with them: a class that works at
 * the same time leaves each other's numbers alone. `leave` ends that, and may be called more than once.
 */
function enter(
  { inFlight }: SeedlingEndpoint,
  request: Request,
  { tag }: Backend,
): { shared: number; leave: () => void } {
  const key = `${tag} ${senderOf(request)}`;
  const shared = (inFlight.get(key) ?? 0) + 1;
  inFlight.set(key, shared);
  let inside = true;
  const leave = () => {
    if (!inside) return;
    inside = false;
    const others = (inFlight.get(key) ?? 1) - 1;
    if (others > 0) inFlight.set(key, others);
    else inFlight.delete(key);
  };
  return { shared, leave };
}

const since = (started: number): string => String(Math.ceil(performance.now() - started));

const senderOf = ({ headers }: Request): string => headers.get(senderHeader) ?? headers.get(addressHeader) ?? '';

/** Runs an answer to its end, turn by turn. Stops once the caller has left. */
async function finish(
  work: Generator<undefined, object>,
  { turn, leave }: Omit<Writing, 'pace'>,
  signal: AbortSignal,
): Promise<object> {
  let tokens = 0;
  try {
    for (;;) {
      await turn();
      signal.throwIfAborted();
      for (const end = performance.now() + turnMs; performance.now() < end; tokens++) {
        const step = work.next();
        if (step.done) return step.value;
      }
    }
  } finally {
    leave(tokens);
  }
}

/** How an answer is written: in turns, or a chunk at a time at a pace; `leave` is called once it is over, with how much was written. */
type Writing = { turn: () => Promise<void>; pace: number | null; leave: (tokens: number) => void };

/** Server-sent events in OpenAI's format. Tokens are generated as fast as they are read, and none once the reader has gone. */
function sendChunks(chunks: Generator<object>, { turn, pace, leave }: Writing, headers: HeadersInit): Response {
  const encoder = new TextEncoder();
  let tokens = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (pace) await wait(1000 / pace);
        await turn();
        const end = pace ? 0 : performance.now() + turnMs;
        do {
          const next = chunks.next();
          tokens++;
          controller.enqueue(encoder.encode(`data: ${next.done ? '[DONE]' : JSON.stringify(next.value)}\n\n`));
          if (next.done) {
            leave(tokens);
            controller.close();
            return;
          }
        } while (performance.now() < end);
      },
      cancel() {
        leave(tokens);
        chunks.return(undefined);
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' } });
}

/** When the models were last changed, in Unix seconds. */
const created = 1_795_305_600;

/** Both of Seedling's endpoints by their paths, for a client inside this process. */
export async function answerV1(endpoint: () => SeedlingEndpoint, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return pathname.endsWith('/models') ? listSeedlingModels() : chatCompletions(endpoint(), request);
}

/** GET /v1/models */
export const listSeedlingModels = (): Response =>
  Response.json(
    { object: 'list', data: seedlingModels.map((model) => describeModel(model, created)) },
    { headers: open },
  );

/** GET /v1/models/{model} */
export function getSeedlingModel(name: string): Response {
  const found = seedlingModels.find(({ id }) => id === name);
  return found
    ? Response.json(describeModel(found, created), { headers: open })
    : refuse(404, unknownModel(name), open);
}

/** Every method of an address under /v1: others are refused in OpenAI's format, where Next would send an empty body. */
export const v1Methods = <C>(own: Methods<C>) => methodsOf(own, { refuse: refuseMethod, tell: preflight });

function refuseMethod(request: Request, allow: string): Response {
  const path = new URL(request.url).pathname;
  const message = `Not allowed to ${request.method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  return refuse(405, apiError(message, null, 'method_not_supported'), { ...open, allow });
}

/** Any path that Seedling has no endpoint at: an error in OpenAI's format, where Next would send a page. */
export function unknownEndpoint(request: Request): Response {
  const { pathname } = new URL(request.url);
  const message = `Unknown request URL: ${request.method} ${pathname}. Seedling answers at /v1/chat/completions and /v1/models.`;
  return refuse(404, apiError(message, null, 'unknown_url'), open);
}

/** OPTIONS: the preflight that a browser sends before a page of another site may ask. */
const preflight = (allow: string): Response =>
  new Response(null, {
    status: 204,
    headers: {
      ...open,
      allow,
      'access-control-allow-methods': allow,
      'access-control-allow-headers': '*',
      'access-control-max-age': '86400',
    },
  });

/** Tokens a second that the caller asks for: 1 to 1000, or null for as fast as possible. */
function paceOf(request: Request): number | null {
  const pace = Number(request.headers.get(paceHeader));
  return pace >= 1 && pace <= 1000 ? pace : null;
}

const refuse = (status: number, error: ApiError, headers: HeadersInit): Response =>
  Response.json({ error }, { status, headers });

const unknownModel = (model: string): ApiError =>
  apiError(
    `The model '${model.slice(0, 200)}' does not exist or you do not have access to it.`,
    null,
    'model_not_found',
  );

/** In one piece, logprobs of more tokens than one choice may have would be tens of megabytes. */
const tooLong = (most: number): ApiError =>
  apiError(
    `n × max_completion_tokens may be at most ${most}${most === maxTokens ? ' for logprobs that are not streamed' : ''}.`,
    'max_completion_tokens',
    'integer_above_max_value',
  );

const tooMuch = (message: string): ApiError => ({
  message,
  type: 'tokens',
  param: null,
  code: 'rate_limit_exceeded',
});

const retryAfter = ({ retryAfter: seconds }: Problem): Record<string, string> =>
  seconds === undefined ? {} : { 'retry-after': String(seconds) };

const tooMany = (seconds: number): ApiError => ({
  message: `Rate limit reached for requests. Please try again in ${seconds}s.`,
  type: 'requests',
  param: null,
  code: 'rate_limit_exceeded',
});

function bodyError(status: number): ApiError {
  if (status === 413) return apiError(`The body may have at most ${maxBodyBytes} bytes.`, null, 'request_too_large');
  return apiError('We could not parse the JSON body of your request.', null, null);
}
