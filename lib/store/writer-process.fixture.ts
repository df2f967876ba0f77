import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { vi } from 'vitest';

type Writer = {
  /** Waits until it has opened its store, or has said why it could not. */
  opened(): Promise<string>;
  /** Kills it with SIGKILL. Gives the runs that it had printed as acknowledged. */
  kill(): Promise<{ id: string; run: number }[]>;
};

export type Writers = {
  /** Starts a process that writes into the SQLite store of a folder; the ids of its experiments begin with this name. */
  start(folder: string, name: string): Writer;
  remove(): void;
};

/** Makes a program of writer.fixture.ts that Node can run by itself. */
export async function buildWriter(): Promise<Writers> {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const out = mkdtempSync(join(tmpdir(), 'seedbed-writer-'));
  const file = join(out, 'writer.mjs');
  await build({
    input: join(root, 'lib/store/writer.fixture.ts'),
    cwd: root,
    platform: 'node',
    tsconfig: join(root, 'tsconfig.json'),
    output: { file, format: 'esm' },
    logLevel: 'warn',
  });
  return {
    start: (folder, name) => start(file, folder, name, join(out, `${name}.txt`)),
    remove: () => rmSync(out, { recursive: true }),
  };
}

function start(file: string, folder: string, name: string, printed: string): Writer {
  // To a file: what was written before the kill stays there, and no slow reader can hold the writer up.
  const output = openSync(printed, 'w');
  const child = spawn(process.execPath, [file, folder, name], { stdio: ['ignore', output, 'inherit'] });
  closeSync(output);
  const lines = () => readFileSync(printed, 'utf8').split('\n').slice(0, -1);
  return {
    opened: () =>
      vi.waitFor(
        () => {
          const [first] = lines();
          if (first === undefined) throw new Error('The writer has not said anything.');
          return first;
        },
        { timeout: 20_000, interval: 2 },
      ),
    async kill() {
      await killed(child);
      return lines()
        .slice(1)
        .map((line) => line.split(' '))
        .map(([id = '', run]) => ({ id, run: Number(run) }));
    },
  };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const dead = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await dead;
}
