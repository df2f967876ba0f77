import type { Refusal } from '@/lib/api/problem';
import { jsonResponse } from './json-response';

/** An expected failure, as it is reported to the caller: the status, a code for programs, a sentence for people, the field. */
export type Problem = {
  status: number;
  code: string;
  message: string;
  param?: string | null;
  /** in so many seconds it may be otherwise */
  retryAfter?: number;
};

/** The response of /api to a request that it refuses. */
export function problemResponse(
  { status, code, message, param = null, retryAfter }: Problem,
  headers?: Record<string, string>,
): Response {
  const wait: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return jsonResponse<Refusal>({ error: { code, message, param } }, { status, headers: { ...wait, ...headers } });
}

/** For whoever has left: nobody reads it, and nobody is to blame. */
export const gone: Problem = { status: 499, code: 'left', message: 'Whoever asked has left.' };

export const notFound: Problem = { status: 404, code: 'not_found', message: 'There is no experiment at this address.' };
