/** An expected failure, as the caller is told: the status, a code for programs, a sentence for people, the field. */
export type Problem = { status: number; code: string; message: string; param?: string | null };

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

/** `{ error: { code, message, param } }`, the shape of every refusal under /api. */
export function problemResponse({ status, code, message, param = null }: Problem, headers?: HeadersInit): Response {
  return Response.json(
    { error: { code, message, param } },
    { status, headers: { 'cache-control': 'no-store', ...headers } },
  );
}

export const notFound: Problem = { status: 404, code: 'not_found', message: 'There is no experiment at this address.' };
