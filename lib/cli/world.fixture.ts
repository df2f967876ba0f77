import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { main } from './main';
import type { World } from './world';

/** A world without a terminal in which nobody can be asked, and nothing that is said is heard. */
export const aWorld = (changes: Partial<World> = {}): World => ({
  ...{ cwd: process.cwd(), home: process.cwd(), version: '0.0.0', columns: null, rows: null, colour: false, ask: null },
  env: { NODE_ENV: 'test' },
  signal: new AbortController().signal,
  print: () => undefined,
  tell: () => undefined,
  progress: () => undefined,
  now: () => new Date('2026-11-27T12:00:00Z'),
  ...changes,
});

/** A folder of the test's own, with these files, and what a command says in it. */
export function aFolder(files: Record<string, string> = {}) {
  const cwd = mkdtempSync(join(tmpdir(), 'seedbed-cli-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  /** Runs a command. `printed` and `told` are what came on either output. */
  const seedbed = async (line: string | string[], changes: Partial<World> = {}) => {
    const said = { printed: '', told: '' };
    const print = (text: string) => {
      said.printed += `${text}\n`;
    };
    const tell = (text: string) => {
      said.told += `${text}\n`;
    };
    const args = typeof line === 'string' ? line.split(' ').filter(Boolean) : line;
    const code = await main(args, aWorld({ cwd, print, tell, ...changes }));
    return { code, ...said };
  };
  return { cwd, seedbed };
}
