import { readFile } from 'node:fs/promises';
import { notFound, problemResponse } from '@/lib/http/problem';
import { statedHash } from '@/lib/sapling/artifact';
import { hashOf } from '@/lib/sapling/sapling';
import { saplingPath } from './load-sapling';

/**
 * GET /api/sapling/{hash}: weights and tokenizer as they are shipped, for pages that look into Sapling themselves. The hash
 * is the one in its fingerprints; any other is not found. A file never changes under its address. It is hardly smaller
 * zipped.
 */
export async function getSaplingArtifact(hash: string, path = saplingPath()): Promise<Response> {
  const file = files.get(path) ?? read(path);
  files.set(path, file);
  const { hash: own, bytes } = await file;
  if (hash !== own) return problemResponse(notFound);
  return new Response(bytes, {
    headers: {
      'content-type': 'application/octet-stream',
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
}

/** Read once each. A blob is sent piece by piece, and not copied for each reader. */
const files = new Map<string, ReturnType<typeof read>>();

async function read(path: string): Promise<{ hash: string; bytes: Blob }> {
  const bytes = await readFile(path);
  return { hash: hashOf({ hash: statedHash(bytes) }), bytes: new Blob([bytes]) };
}
