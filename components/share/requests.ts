import { z } from 'zod';

const Refusal = z.object({ error: z.object({ message: z.string() }) });

/** Sends JSON to the server and reads its answer; throws an Error with the server's own words where it refuses. */
export async function send<T>(method: string, path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
  const request = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, request).catch(() => null);
  if (!response) throw new Error('The server cannot be reached.');
  const answer: unknown = response.status === 204 ? null : await response.json().catch(() => null);
  if (response.ok) return schema.parse(answer);
  throw new Error(Refusal.safeParse(answer).data?.error.message ?? `The server answered ${response.status}.`);
}

export const Shared = z.object({
  id: z.string(),
  sharedAt: z.string(),
  path: z.string(),
  deletePath: z.string().nullable(),
});
export type Shared = z.infer<typeof Shared>;
