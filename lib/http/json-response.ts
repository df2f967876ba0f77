export type JsonOptions = { status?: number; headers?: Record<string, string> };

/** An answer in JSON, of one of the shapes of lib/api, that nobody keeps. */
export const jsonResponse = <T extends object>(body: T, { status = 200, headers }: JsonOptions = {}): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
