import { APIConnectionError, APIConnectionTimeoutError, APIError } from 'openai';
import type { ParameterKey } from '@/lib/recipe/parameters';
import type { RunProblem } from '@/lib/run/events';
import { UnreadableAnswer } from './answer';
import { maskMessage } from './mask';
import { readSaid, type Said } from './said';

/** A run's error without an HTTP status. */
export function problem(code: string, message: string, retryable: boolean): RunProblem {
  return { code, message, status: null, param: null, retryable };
}

/**
 * What was called, as in '/v1/chat/completions', for which model, if for one, and with which key, which no error may repeat.
 * `parameterUnder` tells which parameter of the request went under a name.
 */
export type Called = {
  path: string;
  model?: string;
  apiKey: string;
  parameterUnder?: (name: string) => ParameterKey | null;
};

/**
 * What was thrown during a call, as a run's error: a sentence on what happened, and what the provider said about it. `body` is
 * that of the last answer that was a refusal.
 */
export function toProblem(error: unknown, body: string, called: Called): RunProblem {
  if (error instanceof APIConnectionTimeoutError)
    return problem('timed_out', 'The provider did not answer in time.', true);
  if (error instanceof APIConnectionError)
    return problem('connection_failed', 'The provider could not be reached.', true);
  if (error instanceof APIError) {
    const status: number | null = typeof error.status === 'number' ? error.status : null;
    return refusal({ ...readSaid(body), status }, called);
  }
  if (error instanceof UnreadableAnswer) return unreadable(error, called);
  return problem('connection_failed', 'The connection to the provider broke.', true);
}

function unreadable({ kind, text }: UnreadableAnswer, { apiKey }: Called): RunProblem {
  if (kind === 'too-long')
    return problem('too_long', 'The provider sent more than can be read as one answer. The rest is left out.', false);
  const said = maskMessage(readSaid(text).message, apiKey);
  const lead = 'The provider answered with something that is not a chat completion.';
  return problem('not_a_stream', said ? `${lead} It says: ${said}` : lead, false);
}

/** A refusal, whether it came as a status, in the stream, or in a body with the status 200. */
export function refusal(said: Said, called: Called): RunProblem {
  const { apiKey } = called;
  const { code, lead, retryable } = classify(said, called);
  const message = maskMessage(said.message, apiKey);
  return {
    code,
    message: sentenceOf(lead, said.status, message),
    status: said.status,
    param: paramOf(said, called),
    retryable,
  };
}

/**
 * The parameter that a refusal names, under the API's own name: "seed" for `random_seed`, "body.seed" or `generation_config.seed`; as it
 * stands there if it is none. One that a dialect renames may also be the only name that its words have.
 */
function paramOf({ param, message }: Said, { apiKey, parameterUnder = () => null }: Called): string | null {
  const wordsIn = (text: string): string[] => text.match(/\w+/g) ?? [];
  const keysIn = (text: string): ParameterKey[] =>
    wordsIn(text)
      .map(parameterUnder)
      .filter((key) => key !== null);
  if (param !== null) return keysIn(param).at(-1) ?? maskMessage(param, apiKey);
  const [key, ...others] = new Set(keysIn(message));
  return key === undefined || others.length > 0 || wordsIn(message).includes(key) ? null : key;
}

/** 'The request was refused (422). The provider says: …' */
function sentenceOf(lead: string, status: number | null, message: string): string {
  const withStatus = status === null ? lead : lead.replace(/\.$/, ` (${status}).`);
  return message ? `${withStatus} The provider says: ${message}` : withStatus;
}

type Class = { code: string; lead: string; retryable: boolean };

function classify(said: Said, { path, model }: Called): Class {
  const { status } = said;
  if (isAboutRegion(said))
    return { code: 'region_refused', lead: 'The provider does not serve this region.', retryable: false };
  if (status === 401 || status === 403) return { code: 'key_refused', lead: 'The key was refused.', retryable: false };
  if (status !== null && status >= 300 && status < 400)
    return {
      code: 'redirected',
      lead: 'The provider redirects, and is not followed there.',
      retryable: false,
    };
  if (isAboutModel(said, model)) return { code: 'model_not_found', lead: 'There is no such model.', retryable: false };
  if (status === 404) return nothingAt(path);
  if (said.code === 'insufficient_quota')
    return { code: 'quota_exhausted', lead: 'The budget of this key is used up.', retryable: false };
  if (status === 429) return { code: 'rate_limited', lead: 'Too many requests.', retryable: true };
  if (status !== null && status < 500 && status !== 408 && status !== 409)
    return { code: 'bad_request', lead: 'The request was refused.', retryable: false };
  return { code: 'server_error', lead: "The provider's server failed.", retryable: true };
}

const isAboutRegion = ({ status, code, message }: Said): boolean =>
  code === 'unsupported_country_region_territory' ||
  (status === 403 && /\b(country|region|territory)\b/i.test(message));

/** A 404 may also mean that the path is wrong; then nobody speaks of a model. */
const isAboutModel = ({ status, code, message }: Said, asked: string | undefined): boolean =>
  asked !== undefined &&
  (code === 'model_not_found' ||
    (status === 404 && /model/i.test(message)) ||
    ((status === null || status === 400) &&
      /\bmodel\b.*\b(does not exist|not found|not exist)|\b(unknown|invalid|no such) model\b/i.test(message)));

function nothingAt(path: string): Class {
  const lead = `The provider has nothing at ${path}. Is the base URL right?`;
  return { code: 'not_found', lead, retryable: false };
}
