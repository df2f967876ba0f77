import OpenAI from 'openai';
import type { Endpoint, RunProblem } from '@/lib/run/events';
import type { Provider, ProviderEvent, RunCall } from '@/lib/run/provider';
import { Deadline, defaultTimeLimits, type TimeLimits } from './deadline';
import { maskName } from './mask';
import { problem, toProblem } from './run-problem';
import { Tally } from './tally';
import { ChatChunk } from './wire';

/**
 * A service to call. `maxRetries` counts tries after the first, before any text has arrived; `attempts` reports all tries.
 * `headersOf` gives a call headers of its own.
 */
export type Service = {
  apiKey: string;
  baseURL?: string | undefined;
  maxRetries: number;
  fetch?: typeof fetch;
  headersOf?: (call: RunCall) => Record<string, string>;
  limits?: TimeLimits;
};

/** The maximum length of a run's text in UTF-16 units: 4,096 tokens are about 20,000. */
const maxCharacters = 256 * 1024;

/**
 * Makes runs on any server that speaks OpenAI's Chat Completions, through OpenAI's own SDK. The body of a call holds
 * exactly the recipe's parameters, plus `stream` with `include_usage`, by which we receive the answer.
 */
export function openAiProvider(service: Service): Provider {
  const { fetch: send = fetch, limits = defaultTimeLimits, headersOf = () => ({}), ...options } = service;
  const client = new OpenAI({ ...options, timeout: limits.headersMs, fetch: send, logLevel: 'off' });
  const endpoint = endpointOf(client.baseURL, options.apiKey);
  return {
    endpoint,
    run: (call) => run({ client, send, limits, headersOf, endpoint, apiKey: options.apiKey }, call),
    models: async () => (await client.models.list()).data.map(({ id }) => maskName(id, options.apiKey)),
  };
}

/** A base URL as it is recorded. The SDK has one of its own where the operator has set none. */
function endpointOf(baseURL: string, apiKey: string): Endpoint {
  const { origin, pathname } = new URL(baseURL);
  return { origin, path: maskName(pathname.replace(/\/+$/, ''), apiKey) };
}

type Connection = Required<Pick<Service, 'limits' | 'headersOf' | 'apiKey'>> & {
  client: OpenAI;
  send: typeof fetch;
  endpoint: Endpoint;
};

async function* run(
  { client, send, limits, headersOf, endpoint, apiKey }: Connection,
  call: RunCall,
): AsyncGenerator<ProviderEvent> {
  const { spec, queuedMs } = call;
  const { run } = spec;
  const sent = performance.now();
  const deadline = new Deadline(call.signal, limits);
  const tally = new Tally();
  let attempts = 0;
  let requestId: string | null = null;
  let firstTextMs: number | null = null;
  let failure: RunProblem | null = null;
  let cached = false;
  const withoutKey = (name: string) => maskName(name, apiKey);
  const counting: typeof fetch = (input, init) => {
    attempts++;
    return send(input, init);
  };
  try {
    const {
      data: stream,
      request_id,
      response,
    } = await client
      .withOptions({ fetch: counting })
      .chat.completions.create(
        { ...call.request, stream: true, stream_options: { include_usage: true } },
        { signal: deadline.signal, headers: headersOf(call) },
      )
      .withResponse();
    requestId = request_id && withoutKey(request_id);
    cached = fromCache(response.headers);
    for await (const chunk of stream) {
      const delta = tally.add(ChatChunk.parse(chunk));
      if (!delta) continue;
      deadline.progress();
      firstTextMs ??= performance.now() - sent;
      yield { type: 'text-delta', run, ...delta };
      if (tally.characters > maxCharacters) break;
    }
  } catch (error) {
    failure = toProblem(error, { endpoint, apiKey });
  } finally {
    deadline.clear(); // also when the caller stops reading early
  }
  // The SDK's stream simply ends when it is aborted or broken off, without an error: so what happened is found out here,
  // in this order.
  const aborted = deadline.reason === 'aborted';
  const error = aborted ? null : (stalled(deadline) ?? broken(failure, tally) ?? incomplete(tally));
  if (error) return yield { type: 'run-error', run, error };
  yield {
    type: 'run-end',
    run,
    finish: aborted ? 'aborted' : withoutKey(finishOf(tally)),
    model: tally.model === null ? spec.model : withoutKey(tally.model),
    fingerprints: [...tally.fingerprints].map(withoutKey),
    usage: tally.usage,
    requestId,
    attempts,
    timing: { queuedMs, firstTextMs, totalMs: performance.now() - sent },
    ...(cached ? { cached } : {}),
  };
}

/**
 * Whether a cache on the way answered, as gateways report it: `Cache-Status: edge; hit` (RFC 9211), `X-Cache: HIT`,
 * `cf-aig-cache-status: HIT` (Cloudflare), `x-portkey-cache-status: SEMANTIC HIT`. A cache that does not report itself goes
 * unnoticed: a repeated id is no proof, since some servers draw their ids from only a thousand.
 */
const fromCache = (headers: Headers): boolean =>
  [...headers].some(([name, value]) => name.includes('cache') && /(^|[^a-z])hit([^a-z]|$)/i.test(value));

function stalled(deadline: Deadline): RunProblem | null {
  if (deadline.reason !== 'stalled') return null;
  return problem('stalled', 'The provider sent nothing for too long. What had arrived is kept.', true);
}

/** Chunks that cannot be read after some that could mean that the answer broke off, perhaps in the middle of an event. */
function broken(failure: RunProblem | null, tally: Tally): RunProblem | null {
  return failure?.code === 'not_a_stream' && tally.chunks > 0 ? null : failure;
}

function incomplete(tally: Tally): RunProblem | null {
  if (tally.characters > maxCharacters)
    return problem('too_long', `The answer is longer than ${maxCharacters} characters. The rest is left out.`, false);
  if (tally.chunks === 0)
    return problem('not_a_stream', 'The provider’s answer held no chat completion. Is the base URL right?', false);
  if (tally.finish === null)
    return problem('cut_off', 'The answer broke off before its end. What had arrived is kept.', true);
  return null;
}

const finishOf = (tally: Tally): string => (tally.refused ? 'refusal' : (tally.finish ?? 'stop'));
