import * as v from 'valibot';

/** What every refusal of /api says: a code for programs, a sentence for people, and the field that is wrong. */
export const Refusal = v.object({
  error: v.object({
    code: v.string(),
    message: v.string(),
    /** the path of the field, as in 'request.seed' */
    param: v.nullish(v.string()),
    details: v.optional(v.unknown()),
    /** by which the operator finds the request in the log; also in the header X-Request-Id */
    requestId: v.optional(v.string()),
  }),
});
export type Refusal = v.InferOutput<typeof Refusal>;

/**
 * Why a request failed: the server could not be reached (or the request was aborted), it refused, or its answer is none of
 * /api's, whatever its status. `message` is the server's own.
 */
export type ApiProblem =
  | { kind: 'unreachable' }
  | { kind: 'refused'; status: number; code: string; message: string; param: string | null }
  | { kind: 'unreadable'; status: number };
