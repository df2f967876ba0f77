import { z } from 'zod';

/** What every refusal of /api says: a code for programs, a sentence for people, and the field that is wrong. */
export const Refusal = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    /** the path of the field, as in 'request.seed' */
    param: z.string().nullish(),
    details: z.unknown().optional(),
  }),
});
export type Refusal = z.infer<typeof Refusal>;

/**
 * Why a request failed: the server could not be reached (or the request was aborted), it refused, or its answer is none of
 * /api's, whatever its status. `message` is the server's own.
 */
export type ApiProblem =
  | { kind: 'unreachable' }
  | { kind: 'refused'; status: number; code: string; message: string; param: string | null }
  | { kind: 'unreadable'; status: number };
