import OpenAI from 'openai';
import { VERSION } from 'openai/version';
import { leanFetch } from '@/lib/http/lean-fetch';
import { upstream } from '@/lib/http/upstream';
import { bodyOf, isStreamed, parameterUnder, streamingOf } from '@/lib/recipe/body';
import { type Dialect, usualDialect } from '@/lib/recipe/dialect';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { Endpoint, RunProblem } from '@/lib/run/events';
import type { Provider, ProviderEvent, RunCall } from '@/lib/run/provider';
import { readAnswer } from './answer';
import { Deadline, type LateLimit, type SomeTimeLimits, type TimeLimits, withDefaults } from './deadline';
import { toExchange } from './exchange';
import { fieldsOf } from './json';
import { maskName } from './mask';
import { listModels } from './models';
import { sleep, waitAfter } from './retry';
import { type Called, problem, refusal, toProblem } from './run-problem';
import { type Said, saidIn } from './said';
import { Tally } from './tally';
import { FetchByCall, type Sent, watch } from './watched-fetch';

/**
 * A service to call. An empty key is not sent. `maxRetries` counts tries after the first, before any text has arrived;
 * `attempts` reports all tries. `headersOf` gives a call headers of its own.
 */
export type Service = {
  apiKey: string;
  header?: KeyHeader | undefined;
  baseURL?: string | undefined;
  /** the `api-version` in the address, which Azure wants */
  apiVersion?: string | undefined;
  dialect?: Dialect | undefined;
  maxRetries: number;
  fetch?: typeof fetch;
  headersOf?: (call: RunCall) => Record<string, string>;
  limits?: SomeTimeLimits | undefined;
  /** it is inside this server: the SDK wants an address, but nothing leaves the process */
  inside?: boolean;
  /** whose key it is: with a visitor's nothing is sent that the environment says of the operator's account */
  whose?: 'operator' | 'visitor';
};

/** How a key is sent: `Authorization: Bearer …`, `api-key: …` as on Azure, or not at all. */
type KeyHeader = 'bearer' | 'api-key' | 'none';

/** The maximum length of a run's text in UTF-16 units: 4,096 tokens are about 20,000. */
const maxCharacters = 256 * 1024;

/**
 * Makes runs on any server that speaks OpenAI's Chat Completions, through OpenAI's own SDK. The body of a call holds
 * exactly the recipe's parameters and its extra body, under the names that the server's dialect has for them, and how the answer
 * is wanted: unless the recipe or the dialect says otherwise, `stream` with `include_usage`.
 */
export function openAiProvider(service: Service): Provider {
  const { apiKey, baseURL, apiVersion, maxRetries, headersOf = () => ({}), inside = false } = service;
  const { dialect = usualDialect } = service;
  const send = upstream(service.fetch ?? leanFetch);
  const limits = withDefaults(service.limits);
  const byCall = new FetchByCall(send);
  const client = new OpenAI({
    ...{ baseURL, fetch: byCall.fetch, timeout: limits.connectMs, logLevel: 'off' },
    maxRetries: 0, // the SDK would wait in silence
    apiKey: apiKey || 'none', // the SDK wants one, also if its header is taken away
    // The SDK's own names its class, which a bundle has renamed.
    defaultHeaders: { 'user-agent': `OpenAI/JS ${VERSION}`, ...keyHeaders(service) },
    ...(apiVersion === undefined ? {} : { defaultQuery: { 'api-version': apiVersion } }),
  });
  const endpoint = endpointOf(client.baseURL, apiKey);
  return {
    endpoint: inside ? null : endpoint,
    dialect,
    run: (call) =>
      run({ client, byCall, send, limits, maxRetries, dialect, headersOf, endpoint, apiKey, inside }, call),
    models: () => listModels({ client, send, path: `${endpoint.path}/models`, apiKey }),
  };
}

/** What differs from the headers that the SDK sends by itself: the key, and what it reads of an account from the environment. */
function keyHeaders({ apiKey, header = 'bearer', whose }: Service): Record<string, string | null> {
  if (apiKey === '' || header === 'none') return { authorization: null };
  const sent: Record<string, string | null> =
    header === 'api-key' ? { authorization: null, 'api-key': apiKey } : { authorization: `Bearer ${apiKey}` };
  return whose === 'visitor' ? { ...sent, 'openai-organization': null, 'openai-project': null } : sent;
}

/** A base URL as it is recorded. The SDK has one of its own where the operator has set none. */
function endpointOf(baseURL: string, apiKey: string): Endpoint {
  const { origin, pathname } = new URL(baseURL);
  return { origin, path: maskName(pathname.replace(/\/+$/, ''), apiKey) };
}

type Connection = Required<Pick<Service, 'headersOf' | 'apiKey' | 'inside'>> & {
  client: OpenAI;
  byCall: FetchByCall;
  limits: TimeLimits;
  maxRetries: number;
  dialect: Dialect;
  send: typeof fetch;
  endpoint: Endpoint;
};

const called = ({ endpoint, apiKey, dialect }: Connection, { spec, request }: RunCall): Called => ({
  path: `${endpoint.path}/chat/completions`,
  model: spec.model,
  apiKey,
  parameterUnder: (name) => parameterUnder(name, request, dialect),
});

/** Sends a call until it is answered or there are no tries left. Waits are reported when they begin, and when they are over. */
async function* run(connection: Connection, call: RunCall): AsyncGenerator<ProviderEvent> {
  const { apiKey, maxRetries, inside } = connection;
  for (let attempts = 1; ; attempts++) {
    const heard = newlyHeard();
    const tried = yield* tryOnce(connection, call, heard);
    const wait = attempts > maxRetries ? null : waitBefore(tried, heard, attempts);
    if (tried.error === null || wait === null) {
      const { error, aborted, sent } = tried;
      const about = { messages: call.request.messages, apiKey, inside };
      yield {
        ...(error
          ? failed(call, heard, { error, attempts }, apiKey)
          : ended(call, heard, { aborted, attempts }, apiKey)),
        ...(sent ? { exchange: toExchange(sent, about) } : {}),
      };
      return;
    }
    const waiting = { type: 'run-wait' as const, run: call.spec.run, attempt: attempts + 1, code: tried.error.code };
    yield { ...waiting, ...wait };
    await sleep(wait.ms, call.signal);
    if (call.signal.aborted) {
      yield ended(call, newlyHeard(), { aborted: true, attempts }, apiKey);
      return;
    }
    yield { ...waiting, ...wait, ms: 0 };
  }
}

/** How one try went: stopped, or failed with an error, or answered; and what went over the wire, if it was sent. */
type Tried = { aborted: boolean; error: RunProblem | null; sent: Sent | null };

async function* tryOnce(connection: Connection, call: RunCall, heard: Heard): AsyncGenerator<ProviderEvent, Tried> {
  const { send, dialect } = connection;
  const limits = isStreamed(call.request, dialect) ? connection.limits : inOnePiece(connection.limits);
  const deadline = new Deadline(call.signal, limits);
  const watched = watch(send);
  let failure: RunProblem | null = null;
  try {
    failure = yield* listen({ ...connection, limits }, call, { deadline, fetch: watched.fetch, heard });
  } catch (error) {
    failure = toProblem(error, watched.refusal(), called(connection, call));
  } finally {
    deadline.clear(); // also when the caller stops reading early
  }
  const { reason } = deadline;
  const aborted = reason === 'aborted';
  const error = aborted ? null : (stalled(reason, limits) ?? withLimit(failure, limits) ?? incomplete(heard));
  return { aborted, error, sent: watched.sent() };
}

/**
 * The wait before a failed call is sent again; null if it is not: because it had been answered, the request itself was refused, or it
 * got no answer in time, and may be at work still.
 */
const waitBefore = ({ error, sent }: Tried, heard: Heard, attempts: number) =>
  heard.answered || !error?.retryable || error.code === 'timed_out' || error.code === 'stalled'
    ? null
    : waitAfter(sent?.response?.headers ?? new Headers(), attempts);

/** What has been heard of a run's answer, besides its text. */
type Heard = {
  tally: Tally;
  sent: number;
  requestId: string | null;
  firstTextMs: number | null;
  cached: boolean;
  /** how many requests the back end says it had in flight; null if it does not say */
  inFlight: number | null;
  /** whether the call was not refused */
  answered: boolean;
  /** whether the server has said that nothing follows */
  done: boolean;
};

const newlyHeard = (): Heard => ({
  tally: new Tally(),
  sent: performance.now(),
  requestId: null,
  firstTextMs: null,
  cached: false,
  inFlight: null,
  answered: false,
  done: false,
});

type Listening = { deadline: Deadline; fetch: typeof fetch; heard: Heard };

/** Sends the call and passes on the text as it comes; returns the error that the server reported in place of the rest, if any. */
async function* listen(
  connection: Connection,
  call: RunCall,
  { deadline, fetch: send, heard }: Listening,
): AsyncGenerator<ProviderEvent, RunProblem | null> {
  const { client, byCall, limits, dialect, headersOf, apiKey } = connection;
  const { tally, sent } = heard;
  const { run } = call.spec;
  const response = await byCall.with(send, () =>
    client.chat.completions
      .create(bodyToSend(call.request, dialect), {
        signal: deadline.signal,
        headers: headersOf(call),
        timeout: limits.connectMs,
      })
      .asResponse(),
  );
  heard.answered = true;
  const requestId = response.headers.get('x-request-id');
  heard.requestId = requestId && maskName(requestId, apiKey);
  heard.cached = fromCache(response.headers);
  heard.inFlight = readInFlight(response.headers);
  if (!response.body) return null;
  for await (const part of readAnswer(response.body, deadline.signal)) {
    const delta = tally.add({ ...part, plain: part.plain && isStreamed(call.request, dialect) });
    heard.done ||= part.done;
    if (delta) {
      deadline.progress();
      if (delta.text !== '') heard.firstTextMs ??= performance.now() - sent;
      yield { type: 'text-delta', run, ...delta };
    }
    const said = part.values.map(errorIn).find((each) => each !== null);
    if (said) return refusal(said, called(connection, call));
    if (tally.characters > maxCharacters) return null;
  }
  const rest = tally.rest();
  if (rest) yield { type: 'text-delta', run, ...rest };
  return null;
}

/**
 * A body as the SDK writes it: its whole numbers to their last digit. Its type is the API's, which has no other names; the server
 * says what it takes.
 */
const bodyToSend = (request: ChatRequest, dialect: Dialect): OpenAI.ChatCompletionCreateParams =>
  Object.fromEntries(
    Object.entries({ ...bodyOf(request, dialect), ...streamingOf(request, dialect) }).map(([name, value]) => [
      name,
      typeof value === 'bigint' ? JSON.rawJSON(value.toString()) : value,
    ]),
  ) as unknown as OpenAI.ChatCompletionCreateParams;

/** Of an answer that comes in one piece nothing is there before all of it is. */
const inOnePiece = ({ totalMs }: TimeLimits): TimeLimits => ({
  ...{ connectMs: totalMs, firstTextMs: totalMs, silenceMs: totalMs, totalMs },
});

function failed(
  { spec }: RunCall,
  { tally }: Heard,
  { error, attempts }: { error: RunProblem; attempts: number },
  apiKey: string,
): ProviderEvent {
  const { model, fingerprints } = namesIn(tally, apiKey);
  return {
    type: 'run-error',
    run: spec.run,
    error,
    attempts,
    ...(model === null ? {} : { model }),
    ...(fingerprints.length === 0 ? {} : { fingerprints }),
  };
}

function ended(
  { spec, queuedMs }: RunCall,
  { tally, sent, requestId, firstTextMs, cached, inFlight }: Heard,
  { attempts, aborted }: { attempts: number; aborted: boolean },
  apiKey: string,
): ProviderEvent {
  const { model, fingerprints } = namesIn(tally, apiKey);
  const { rawFinish, ...end } = tally.end();
  return {
    type: 'run-end',
    run: spec.run,
    model: model ?? spec.model,
    fingerprints,
    usage: tally.usage,
    requestId,
    attempts,
    timing: { queuedMs, firstTextMs, totalMs: performance.now() - sent },
    ...(cached ? { cached } : {}),
    ...(tally.seed === null ? {} : { servedSeed: tally.seed }),
    ...(inFlight === null ? {} : { inFlight }),
    ...(aborted ? { finish: 'aborted' } : end),
    ...(aborted || rawFinish === undefined ? {} : { rawFinish: maskName(rawFinish, apiKey) }),
  };
}

const namesIn = ({ model, fingerprints }: Tally, apiKey: string) => ({
  model: model === null ? null : maskName(model, apiKey),
  fingerprints: [...fingerprints].map((each) => maskName(each, apiKey)),
});

/**
 * Whether a cache on the way answered, as gateways report it: `Cache-Status: edge; hit` (RFC 9211), `X-Cache: HIT`,
 * `cf-aig-cache-status: HIT` (Cloudflare), `x-portkey-cache-status: SEMANTIC HIT`. A cache that does not report itself goes
 * unnoticed: a repeated id is no proof, since some servers draw their ids from only a thousand.
 */
const fromCache = (headers: Headers): boolean =>
  [...headers].some(([name, value]) => name.includes('cache') && /(^|[^a-z])hit([^a-z]|$)/i.test(value));

/** The header in which a model of ours that calculates by its load says how many requests were in flight. */
export const inFlightHeader = 'x-seedbed-in-flight';

function readInFlight(headers: Headers): number | null {
  const said = headers.get(inFlightHeader) ?? '';
  return /^[1-9]\d{0,8}$/.test(said) ? Number(said) : null;
}

/** A failure to answer in time, with the time that was given. */
const withLimit = (failure: RunProblem | null, { connectMs }: TimeLimits): RunProblem | null =>
  failure?.code === 'timed_out'
    ? { ...failure, message: `The provider did not begin to answer within ${connectMs / 1000} s.` }
    : failure;

function stalled(limit: LateLimit | null, limits: TimeLimits): RunProblem | null {
  if (limit === null) return null;
  const seconds = `${limits[limit] / 1000} s`;
  const sentence = {
    firstTextMs: `No text came within ${seconds}.`,
    silenceMs: `Then nothing came for ${seconds}. What had arrived is kept.`,
    totalMs: `The answer was not complete after ${seconds}. What had arrived is kept.`,
  }[limit];
  return problem('stalled', sentence, true);
}

/** What is missing of an answer that has come to an end. Usage is the last thing that servers send, so it tells that all came. */
function incomplete({ tally, done }: Heard): RunProblem | null {
  if (tally.characters > maxCharacters)
    return problem('too_long', `The answer is longer than ${maxCharacters} characters. The rest is left out.`, false);
  if (tally.chunks === 0)
    return problem('not_a_stream', 'The provider’s answer held no chat completion. Is the base URL right?', false);
  if (tally.damaged || (tally.rawFinish === null && !done && tally.usage === null))
    return problem('cut_off', 'The answer broke off before its end. What had arrived is kept.', true);
  return null;
}

/** What a value says of an error, if it is one: under `error`, or as `{ object: "error" }` with nothing else. */
function errorIn(value: unknown): Said | null {
  const { error, object, type } = fieldsOf(Array.isArray(value) ? value[0] : value);
  if ((error === undefined || error === null) && object !== 'error' && type !== 'error') return null;
  return saidIn(value);
}
