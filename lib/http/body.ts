import { err, ok, type Result } from '@/lib/result';
import type { Problem } from './problem';

/** Bodies may have this many bytes: 1 MiB. */
export const maxBodyBytes = 1024 * 1024;

const tooLarge = (most: number): Problem => ({
  status: 413,
  code: 'body_too_large',
  message: `The body may have at most ${most} bytes (${most / 1024 / 1024} MiB).`,
});

const refusals = {
  encoded: { status: 415, code: 'unsupported_encoding', message: 'The body may not be compressed.' },
  malformed: { status: 400, code: 'invalid_json', message: 'The body is not valid JSON in UTF-8.' },
} satisfies Record<string, Problem>;

/**
 * Reads a JSON body of at most 1 MiB, or as many bytes as given, counting while reading, so that no sender can make us hold more. An empty body is
 * `undefined`. What the value is, the caller's schema must say.
 */
export async function readJson(request: Request, most = maxBodyBytes): Promise<Result<unknown, Problem>> {
  if (request.headers.has('content-encoding')) return err(refusals.encoded);
  if (Number(request.headers.get('content-length') ?? 0) > most) return err(tooLarge(most));
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) return err(tooLarge(most));
    chunks.push(chunk);
  }
  if (bytes === 0) return ok(undefined);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
    return ok(JSON.parse(text));
  } catch {
    return err(refusals.malformed);
  }
}
