import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { notFound, problemResponse } from '@/lib/http/problem';
import { writeArtifact } from '@/lib/seedling/artifact';
import type { Seedling } from '@/lib/seedling/seedling';
import { services } from './services';

/**
 * GET /api/seedling/{hash}: the counts that Seedling writes from, as a gzip file, for pages that retrace its choices
 * themselves. The hash is the one in its fingerprints; any other is not found. A file never changes under its address.
 */
export async function getArtifact(hash: string): Promise<Response> {
  const { seedling } = services().endpoint();
  if (hash !== seedling.hash) return problemResponse(notFound);
  return new Response(await zipped(seedling), {
    headers: { 'content-type': 'application/gzip', 'cache-control': 'public, max-age=31536000, immutable' },
  });
}

/** Made once for each model. */
const files = new WeakMap<Seedling, Promise<Uint8Array<ArrayBuffer>>>();

function zipped(seedling: Seedling): Promise<Uint8Array<ArrayBuffer>> {
  const file = files.get(seedling) ?? zip(writeArtifact(seedling.counts));
  files.set(seedling, file);
  return file;
}

const zip = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> =>
  Uint8Array.from(await promisify(gzip)(bytes));
