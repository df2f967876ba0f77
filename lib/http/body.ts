import { parseWithSeeds } from '@/lib/recipe/seed';
import { err, ok, type Result } from '@/lib/result';
import { gone, type Problem } from './problem';

/** The maximum size of a body in bytes: 1 MiB. */
export const maxBodyBytes = 1024 * 1024;

const tooLarge = (maxBytes: number): Problem => ({
  status: 413,
  code: 'body_too_large',
  message: `The body may have at most ${maxBytes} bytes (${maxBytes / 1024 / 1024} MiB).`,
});

const refusals = {
  encoded: { status: 415, code: 'unsupported_encoding', message: 'The body may not be compressed.' },
  malformed: { status: 400, code: 'invalid_json', message: 'The body is not valid JSON in UTF-8.' },
} satisfies Record<string, Problem>;

/**
 * Reads a JSON body of at most `maxBytes`, long seeds as `parseWithSeeds` does. An empty body is `undefined`. The value may be
 * anything: check it with a schema.
 */
export async function readJson(
  request: Request,
  maxBytes = maxBodyBytes,
  writeSeed?: (exact: bigint) => unknown,
): Promise<Result<unknown, Problem>> {
  const body = await readBytes(request, maxBytes);
  return body.ok ? parseJson(body.value, writeSeed) : body;
}

/** Reads a body. Bytes are counted while reading, so that no sender can make us hold more than `maxBytes`. */
export async function readBytes(request: Request, maxBytes: number): Promise<Result<Uint8Array, Problem>> {
  if (request.headers.has('content-encoding')) return err(refusals.encoded);
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return err(tooLarge(maxBytes));
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return err(tooLarge(maxBytes));
      chunks.push(chunk);
    }
  } catch {
    return err(gone); // a body breaks off when its sender does
  }
  return ok(Buffer.concat(chunks));
}

/** The JSON value of a body; `undefined` if it is empty. */
export function parseJson(body: Uint8Array, writeSeed?: (exact: bigint) => unknown): Result<unknown, Problem> {
  if (body.length === 0) return ok(undefined);
  try {
    return ok(parseWithSeeds(new TextDecoder('utf-8', { fatal: true }).decode(body), writeSeed));
  } catch {
    return err(refusals.malformed);
  }
}
