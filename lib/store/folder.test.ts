import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder } from './folder';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seedbed-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('makeFolder', () => {
  it('makes a folder and those above it, and leaves one that is there', () => {
    for (const path of ['a/b/c', 'a/b', 'a/b/d', '']) {
      makeFolder(join(folder, path));
      expect(statSync(join(folder, path)).isDirectory()).toBe(true);
    }
  });

  it('throws where a file is in the way', () => {
    writeFileSync(join(folder, 'file'), '');
    for (const path of ['file', 'file/a', 'file/a/b']) expect(() => makeFolder(join(folder, path))).toThrow(/file/);
  });

  it.runIf(existsSync('/proc'))('throws where a folder lets none be made in it, however deep', () => {
    for (const path of ['/proc/seedbed', '/proc/seedbed/data']) expect(() => makeFolder(path)).toThrow('/proc/seedbed');
  });
});
