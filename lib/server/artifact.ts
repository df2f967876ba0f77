import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { notFound, problemResponse } from '@/lib/http/problem';
import { writeArtifact } from '@/lib/seedling/artifact';
import type { Seedling } from '@/lib/seedling/seedling';
import { services } from './services';

/**
 * GET /api/seedling/{hash}: the counts that Seedling writes by, for a page that follows its choices itself. The hash is
 * that of its fingerprints; any other is not found. What has an address never changes.
 */
export async function getArtifact(request: Request, hash: string): Promise<Response> {
  const { seedling } = services().endpoint();
  if (hash !== seedling.hash) return problemResponse(notFound);
  const zips = /\bgzip\b/.test(request.headers.get('accept-encoding') ?? '');
  return new Response(zips ? await zipped(seedling) : writeArtifact(seedling.counts), {
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      // Next compresses no octet-stream.
      ...(zips ? { 'content-encoding': 'gzip' } : {}),
    },
  });
}

/** Made once for each model: it takes as long as thousands of tokens. */
const archives = new WeakMap<Seedling, Promise<Uint8Array<ArrayBuffer>>>();

function zipped(seedling: Seedling): Promise<Uint8Array<ArrayBuffer>> {
  const known =
    archives.get(seedling) ?? promisify(gzip)(writeArtifact(seedling.counts)).then((bytes) => Uint8Array.from(bytes));
  archives.set(seedling, known);
  return known;
}
