export type JsonOptions = { status?: number; headers?: Record<string, string> };

/** A JSON response of one of the shapes of lib/api, which no cache may store. */
export const jsonResponse = <T extends object>(body: T, { status = 200, headers }: JsonOptions = {}): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
