import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import { ZodError } from 'zod';
import type { Endpoint, RunProblem } from '@/lib/run/events';
import { maskMessage } from './mask';

/** A run's error without an HTTP status. */
export function problem(code: string, message: string, retryable: boolean): RunProblem {
  return { code, message, status: null, param: null, retryable };
}

/** What was called, and with which key, which no error may repeat. */
type Called = { endpoint: Endpoint; apiKey: string };

/** An error that the SDK threw, as a run's error: a sentence on what happened, and what the provider said about it. */
export function toProblem(error: unknown, called: Called): RunProblem {
  if (error instanceof APIConnectionTimeoutError)
    return problem('timed_out', 'The provider did not answer in time.', true);
  if (error instanceof APIConnectionError)
    return problem('connection_failed', 'The provider could not be reached.', true);
  if (error instanceof APIError) return apiProblem(error, called);
  if (error instanceof ZodError || error instanceof SyntaxError)
    return problem('not_a_stream', 'The provider answered with something that is not a chat completion stream.', false);
  return problem('connection_failed', 'The connection to the provider broke.', true);
}

function apiProblem(error: APIError, { endpoint, apiKey }: Called): RunProblem {
  const status: number | null = typeof error.status === 'number' ? error.status : null;
  const message = upstreamMessage(error);
  const { code, lead, retryable } =
    status === 404 && !isAboutModel(error, message) ? nothingAt(endpoint) : classify(status, error.code);
  const said = maskMessage(message, apiKey);
  return {
    code,
    message: said ? `${lead} The provider says: ${said}` : lead,
    status,
    param: typeof error.param === 'string' ? maskMessage(error.param, apiKey) : null,
    retryable,
  };
}

type Class = { code: string; lead: string; retryable: boolean };

/** A 404 may also mean that the path is wrong; then nobody speaks of a model. */
const isAboutModel = ({ code }: APIError, message: string): boolean =>
  code === 'model_not_found' || /model/i.test(message);

function nothingAt({ path }: Endpoint): Class {
  const lead = `The provider has nothing at ${path}/chat/completions. Is the base URL right?`;
  return { code: 'not_found', lead, retryable: false };
}

function classify(status: number | null, code: unknown): Class {
  if (status === 401 || status === 403) return { code: 'key_refused', lead: 'The key was refused.', retryable: false };
  if (status === 404) return { code: 'model_not_found', lead: 'There is no such model.', retryable: false };
  if (status === 429 && code === 'insufficient_quota')
    return { code: 'quota_exhausted', lead: 'The budget of this key is used up.', retryable: false };
  if (status === 429) return { code: 'rate_limited', lead: 'Too many requests.', retryable: true };
  if (status !== null && status < 500 && status !== 408 && status !== 409)
    return { code: 'bad_request', lead: 'The request was refused.', retryable: false };
  return { code: 'server_error', lead: "The provider's server failed.", retryable: true };
}

/** The SDK's message is "400 …" with the provider's own behind it; that one alone is in `error.error`. */
function upstreamMessage(error: APIError): string {
  const body: unknown = error.error;
  const said = body && typeof body === 'object' && 'message' in body ? body.message : null;
  return typeof said === 'string' ? said : '';
}
