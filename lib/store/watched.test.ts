import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openStore } from './open';
import { watched } from './watched';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedbed-watched-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('a watched store tells of each operation once, and how it ended', async () => {
  const told: string[] = [];
  const store = watched(openStore({ dataDir: folder }), (operation) => {
    told.push(`${operation} begins`);
    return (error) => void told.push(`${operation} ${error === null ? 'succeeded' : 'failed'}`);
  });
  expect(await store.find('x')).toBeNull();
  await store.close();
  await expect(store.check()).rejects.toThrow('closed');
  expect(told).toEqual(['find begins', 'find succeeded', 'check begins', 'check failed']);
});
