import { appendFileSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSeedling } from './load-seedling';

let root: string;
const corpus = () => join(root, 'lib/seedling/corpus');
const kept = () => readdirSync(join(root, '.cache'));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'seedbed-'));
  mkdirSync(corpus(), { recursive: true });
  for (const name of ['haiku.txt', 'lists.txt'])
    copyFileSync(join(import.meta.dirname, '../seedling/corpus', name), join(corpus(), name));
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

describe('loadSeedling', () => {
  it('trains once, and reads what it stored from then on', () => {
    const first = loadSeedling(root);
    const [name = ''] = kept();
    const made = statSync(join(root, '.cache', name)).mtimeMs;
    const second = loadSeedling(root);
    expect(name).toBe(`seedling-${first.hash}.bin`);
    expect(kept()).toEqual([name]);
    expect(statSync(join(root, '.cache', name)).mtimeMs).toBe(made);
    expect(second).toEqual(first);
  });

  it('gives another hash to another corpus, and does not read what was stored for the old one', () => {
    const { hash, counts } = loadSeedling(root);
    appendFileSync(join(corpus(), 'haiku.txt'), '\n# haiku | xylophone\nOne more haiku here\n');
    const changed = loadSeedling(root);
    expect(changed.hash).not.toBe(hash);
    expect(changed.counts.tokens.length).toBeGreaterThan(counts.tokens.length);
    expect(kept()).toHaveLength(2);
  });

  it('refuses a folder without a corpus', () => {
    appendFileSync(join(corpus(), 'broken.txt'), 'no header\n');
    expect(() => loadSeedling(root)).toThrow('must begin with a header');
  });
});
