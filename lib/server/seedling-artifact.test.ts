import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readArtifact, writeArtifact } from '@/lib/seedling/artifact';
import { getArtifact } from './seedling-artifact';
import { freshServices } from './services.fixture';

const rig = freshServices();

describe('GET /api/seedling/{hash}', () => {
  it('gives the counts as a gzip file of less than half their size, to be cached for good', async () => {
    const { hash, counts } = rig.endpoint.seedling;
    const response = await getArtifact(hash);
    expect(response.headers.get('content-type')).toBe('application/gzip');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    const file = await response.bytes();
    const bytes = Uint8Array.from(gunzipSync(file));
    expect(file.length).toBeLessThan(bytes.length / 2);
    expect(bytes).toEqual(writeArtifact(counts));
    expect(readArtifact(bytes.buffer)).toEqual(counts);
  });

  it('finds nothing under any other hash', async () => {
    expect((await getArtifact('00000000')).status).toBe(404);
  });
});
