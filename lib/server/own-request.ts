import type { z } from 'zod';
import { readBytes, readJson } from '@/lib/http/body';
import { foreignOrigin } from '@/lib/http/origin';
import type { Problem } from '@/lib/http/problem';
import { err, type Result } from '@/lib/result';
import { parseAs } from './parse';
import { services } from './services';

/** The JSON body of a request that changes something. Refused if a page of another site sends it. */
export async function readOwn(request: Request): Promise<Result<unknown, Problem>> {
  const foreign = foreignOrigin(request, services().environment.PUBLIC_URL);
  return foreign ? err(foreign) : readJson(request);
}

/** The same, as bytes and of another size. */
export async function readOwnBytes(request: Request, maxBytes: number): Promise<Result<Uint8Array, Problem>> {
  const foreign = foreignOrigin(request, services().environment.PUBLIC_URL);
  return foreign ? err(foreign) : readBytes(request, maxBytes);
}

/** The same, parsed by a schema; a missing body is `{}`. */
export async function parseOwn<T>(request: Request, shape: z.ZodType<T>): Promise<Result<T, Problem>> {
  const body = await readOwn(request);
  return body.ok ? parseAs(shape, body.value ?? {}) : body;
}
