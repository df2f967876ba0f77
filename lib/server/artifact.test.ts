import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readArtifact, writeArtifact } from '@/lib/seedling/artifact';
import { getArtifact } from './artifact';
import { installServices, type Rig } from './services.fixture';

let rig: Rig;
beforeEach(() => {
  rig = installServices();
});
afterEach(() => rig.remove());

const get = (hash: string, headers: Record<string, string> = {}) =>
  getArtifact(new Request(`http://localhost/api/seedling/${hash}`, { headers }), hash);

describe('GET /api/seedling/{hash}', () => {
  it('gives the counts, for good', async () => {
    const { hash, counts } = rig.endpoint.seedling;
    const response = await get(hash);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(readArtifact(await response.arrayBuffer())).toEqual(counts);
  });

  it('zips them for whoever takes that', async () => {
    const { hash, counts } = rig.endpoint.seedling;
    const response = await get(hash, { 'accept-encoding': 'br, gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const bytes = await response.bytes();
    expect(bytes.length).toBeLessThan(700_000);
    expect(new Uint8Array(gunzipSync(bytes))).toEqual(writeArtifact(counts));
  });

  it('knows no other hash', async () => {
    expect((await get('00000000')).status).toBe(404);
  });
});
