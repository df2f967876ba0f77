import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact } from '@/lib/sapling/artifact.fixture';
import { hashOf } from '@/lib/sapling/sapling';
import { getSaplingArtifact } from './sapling-artifact';

const folder = mkdtempSync(join(tmpdir(), 'sapling-'));
const path = join(folder, 'sapling.bin');
const artifact = makeArtifact();
beforeAll(() => writeFileSync(path, artifact));
afterAll(() => rmSync(folder, { recursive: true }));

describe('GET /api/sapling/{hash}', () => {
  it('gives the artifact as it is, to be cached for good', async () => {
    const response = await getSaplingArtifact(hashOf(readArtifact(artifact)), path);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.bytes()).toEqual(artifact);
  });

  it('finds nothing under any other hash', async () => {
    expect((await getSaplingArtifact('00000000', path)).status).toBe(404);
  });
});
