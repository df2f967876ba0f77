import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { maxBodyBytes, readJson } from '@/lib/http/body';
import { gone, type Problem } from '@/lib/http/problem';
import {
  type ApiError,
  apiError,
  type CompletionRequest,
  parseCompletionRequest,
} from '@/lib/openai/completion-request';
import { inFlightHeader } from '@/lib/openai/provider';
import { describeModel } from '@/lib/openai/serve';
import { err, ok, type Result } from '@/lib/result';
import type { Caller } from '@/lib/run/provider';
import { maxTokens, tokenLimit } from '@/lib/seedling/request';
import { requestIdHeader } from '@/lib/telemetry/request';
import { addressHeader } from './address';
import type { Allowance } from './allowance';
import { type BuiltIn, type BuiltInModel, builtInModels } from './built-in-models';
import type { LoadBalancer } from './load-balancing';
import { type Methods, methodsOf } from './methods';
import type { RateLimit } from './rate-limit';
import { isEngineLost } from './sapling-thread';
import type { Turns } from './turns';
import type { Answer, Refusal, Sealed } from './written';

/**
 * The models inside as an endpoint: what they write with, whose turn it is to write, how many requests are in flight by sender and
 * back end, which back end answers, how often one address may ask, and how much it may be told.
 */
export type ModelEndpoint = BuiltIn & {
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

/** The header that names whose experiment that is, in requests that did not come over the network. */
export const visitorHeader = 'x-seedling-visitor';

/** Any program and any site's page may use the models inside: they have no secrets. */
const open = { 'access-control-allow-origin': '*', 'cache-control': 'no-store' };

/** About as many characters of a prompt are one token. */
const charactersPerToken = 4;

/** POST /v1/chat/completions: the models inside over OpenAI's wire format. Also what the playground's own SDK is pointed at. */
export async function chatCompletions(endpoint: ModelEndpoint, request: Request): Promise<Response> {
  const started = performance.now();
  // One that did not come over the network has no id yet.
  const requestId = request.headers.get(requestIdHeader) ?? `req_${randomBytes(16).toString('hex')}`;
  const headers = { ...open, [requestIdHeader]: requestId, 'openai-version': '2020-10-01' };
  const waitSeconds = await endpoint.rateLimit(request);
  if (waitSeconds > 0) return refuse(429, tooMany(waitSeconds), { ...headers, 'retry-after': String(waitSeconds) });
  const caller = callerOf(request);
  const turn = () => endpoint.turns.take(caller);
  await turn(); // to read a long prompt is work, too
  const json = await readJson(request, maxBodyBytes, BigInt);
  if (!json.ok) return refuse(json.error.status, bodyError(json.error.status), headers);
  const parsed = parseCompletionRequest(json.value);
  if (!parsed.ok) return refuse(400, parsed.error, headers);
  const body = parsed.value;
  const model = builtInModels.find(({ id }) => id === body.model);
  if (!model) return refuse(404, unknownModel(body.model), headers);
  const most = body.logprobs && !body.stream ? maxTokens : maxTokens * 8;
  if ((body.n ?? 1) * tokenLimit(body) > most) return refuse(400, tooLong(most), headers);
  const sent = Math.ceil(body.messages.reduce((sum, { content }) => sum + content.length, 0) / charactersPerToken);
  const allowed = await endpoint.allowance?.(request, sent + (body.n ?? 1) * tokenLimit(body));
  if (allowed && !allowed.ok)
    return refuse(429, tooMuch(allowed.error.message), { ...headers, ...retryAfter(allowed.error) });
  const call = enter(endpoint, request, model, (tokens) => allowed?.value(sent + tokens));
  const turns = { turn, signal: AbortSignal.any([request.signal, call.gone.signal]) };
  const asking = { request: body, sealed: seal(body, call), caller, ...turns };
  return respond(await model.answer(endpoint, asking).catch(call.failed), call, {
    streamed: body.stream === true,
    headers: () => ({ ...headers, ...loadOf(call), 'openai-processing-ms': since(started) }),
  });
}

/** Sends an answer, in one piece once it is whole, or as a stream; or why there is none. */
async function respond(
  answer: Result<Answer, Refusal>,
  call: Call,
  { streamed, headers }: { streamed: boolean; headers: () => Record<string, string> },
): Promise<Response> {
  if (answer.ok && streamed) return sendChunks(answer.value, call, headers());
  const whole = answer.ok ? await collect(answer.value, call).catch(call.failed) : answer;
  call.leave();
  if (!whole.ok) return refuse(whole.error.status, whole.error.error, headers());
  return new Response(whole.value, { headers: { ...headers(), 'content-type': 'application/json' } });
}

/** A request in progress. */
type Call = {
  /** the back end that answers it, and how many of its sender's share that now, this one with them */
  tag: string;
  inFlight: number;
  /** whether it calculates the same however many there are */
  steady: boolean;
  /** chunks a second; null for as fast as possible */
  pace: number | null;
  /** so many tokens more have been written */
  count: (tokens: number) => void;
  /** it is over; may be called more than once */
  leave: () => void;
  /** it is over since something went wrong: what there is to tell of that, or else it is thrown again */
  failed: (error: unknown) => { ok: false; error: Refusal };
  /** aborted when the reader of its answer has left */
  gone: AbortController;
};

/**
 * Counts a request as in flight until it is over. A class that works at the same time leaves each other's numbers alone, since only
 * a sender's own are counted together.
 */
function enter(
  { inFlight, balance }: ModelEndpoint,
  request: Request,
  { id, backends }: BuiltInModel,
  settle: (tokens: number) => void,
): Call {
  const { tag, steady } = balance(backends);
  const key = `${id} ${tag} ${senderOf(request)}`;
  const shared = (inFlight.get(key) ?? 0) + 1;
  inFlight.set(key, shared);
  let [inside, tokens] = [true, 0];
  const leave = () => {
    if (!inside) return;
    inside = false;
    const others = (inFlight.get(key) ?? 1) - 1;
    if (others > 0) inFlight.set(key, others);
    else inFlight.delete(key);
    settle(tokens);
  };
  return {
    ...{ tag, inFlight: shared, steady, pace: paceOf(request), gone: new AbortController() },
    leave,
    count: (more) => {
      tokens += more;
    },
    failed: (error) => {
      leave();
      if (isEngineLost(error)) return err(error.refusal);
      throw error;
    },
  };
}

/** How a request will be answered, with a seed drawn if it has none. */
const seal = (body: CompletionRequest, { tag, inFlight }: Call): Sealed => ({
  id: `chatcmpl-${randomBytes(12).toString('base64url')}`,
  created: Math.floor(Date.now() / 1000),
  seed: body.seed ?? randomInt(2 ** 47),
  tag,
  inFlight,
});

/** Of a back end that calculates by its load: without it nobody could tell how an answer came about. */
const loadOf = ({ steady, inFlight }: Call): Record<string, string> =>
  steady ? {} : { [inFlightHeader]: String(inFlight) };

const since = (started: number): string => String(Math.ceil(performance.now() - started));

/** With whom a request shares a back end. */
const senderOf = ({ headers }: Request): string => headers.get(senderHeader) ?? headers.get(addressHeader) ?? '';

/** With whom it shares turns: whoever comes over the network may call himself many, but has one address. */
const callerOf = ({ headers }: Request): Caller => ({
  visitor: headers.get(addressHeader) ?? headers.get(visitorHeader) ?? '',
  experiment: headers.get(senderHeader) ?? '',
});

/** Reads an answer to its end. */
async function collect(answer: Answer, { count }: Call): Promise<Result<string, never>> {
  let whole = '';
  for await (const { parts, tokens } of answer) {
    count(tokens);
    whole += parts.join('');
  }
  return ok(whole);
}

const eventOf = (data: string): string => `data: ${data}\n\n`;

/** The events of a stream in OpenAI's format, as they come, at least one at a time, or one by one at a pace. */
async function* eventsOf(answer: Answer, { count, pace }: Call): AsyncGenerator<string[], void> {
  try {
    for await (const { parts, tokens } of answer) {
      count(tokens);
      // A stream whose pull brings nothing is never pulled again.
      if (parts.length === 0) continue;
      if (pace === null) yield parts.map(eventOf);
      else
        for (const part of parts) {
          await wait(1000 / pace);
          yield [eventOf(part)];
        }
    }
    yield [eventOf('[DONE]')];
  } catch (error) {
    if (!isEngineLost(error)) throw error;
    yield [eventOf(JSON.stringify({ error: error.refusal.error }))];
  }
}

/** Server-sent events. Tokens are written about as fast as they are read, and none once the reader has gone. */
function sendChunks(answer: Answer, call: Call, headers: HeadersInit): Response {
  const encoder = new TextEncoder();
  const events = eventsOf(answer, call);
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await events.next();
        for (const event of next.value ?? []) controller.enqueue(encoder.encode(event));
        if (!next.done) return;
        call.leave();
        controller.close();
      },
      cancel(reason) {
        call.leave();
        call.gone.abort(reason);
        void events.return();
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(body, { headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' } });
}

/** When the models were last changed, in Unix seconds. */
const created = 1_795_305_600;

/** Both endpoints by their paths, for a client inside this process. */
export async function answerV1(endpoint: () => ModelEndpoint, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return pathname.endsWith('/models') ? listBuiltInModels() : chatCompletions(endpoint(), request);
}

/** GET /v1/models */
export const listBuiltInModels = (): Response =>
  Response.json(
    { object: 'list', data: builtInModels.map((model) => describeModel(model, created)) },
    { headers: open },
  );

/** GET /v1/models/{model} */
export function getBuiltInModel(name: string): Response {
  const found = builtInModels.find(({ id }) => id === name);
  return found
    ? Response.json(describeModel(found, created), { headers: open })
    : refuse(404, unknownModel(name), open);
}

/** What answers over the network: whoever has left has no answer, which is no failure of ours. */
export const unlessLeft =
  (answer: (request: Request) => Promise<Response>) =>
  (request: Request): Promise<Response> =>
    answer(request).catch((error: unknown) => {
      if (!request.signal.aborted) throw error;
      return refuse(gone.status, apiError(gone.message, null, gone.code), open);
    });

/** Every method of an address under /v1: others are refused in OpenAI's format, where Next would send an empty body. */
export const v1Methods = <C>(own: Methods<C>) => methodsOf(own, { refuse: refuseMethod, tell: preflight });

function refuseMethod(request: Request, allow: string): Response {
  const path = new URL(request.url).pathname;
  const message = `Not allowed to ${request.method} on ${path}. (HINT: Perhaps you meant to use a different HTTP method?)`;
  return refuse(405, apiError(message, null, 'method_not_supported'), { ...open, allow });
}

/** Any path that has no endpoint: an error in OpenAI's format, where Next would send a page. */
export function unknownEndpoint(request: Request): Response {
  const { pathname } = new URL(request.url);
  const message = `Unknown request URL: ${request.method} ${pathname}. Sapling and Seedling answer at /v1/chat/completions and /v1/models.`;
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
