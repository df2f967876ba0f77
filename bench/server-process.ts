import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

type Environment = Record<string, string>;

/** Starts a built Next server in a folder; resolves when it takes requests. */
export const startServer = (folder: string, port: number, environment: Environment = {}): Promise<ChildProcess> =>
  start(
    [resolve('node_modules/next/dist/bin/next'), 'start', '--hostname', '127.0.0.1', '--port', String(port)],
    folder,
    environment,
  );

/** Starts this site as `npm start` does, at a port that must be free; resolves when it takes requests. */
export const startSite = (port: number, environment: Environment): Promise<ChildProcess> =>
  start(['bin/start.mjs'], '.', { ...environment, PORT: String(port) });

async function start(args: readonly string[], folder: string, environment: Environment): Promise<ChildProcess> {
  const server = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    // With limits that no benchmark reaches.
    env: { ...process.env, SEEDBED_CONFIG: resolve('bench/seedbed.config.json'), ...environment },
  });
  for await (const chunk of server.stdout) if (/ready/i.test(String(chunk))) return server;
  throw new Error('The server ended before it was ready.');
}

/** Kills a process, and waits until it has ended. */
export async function kill(server: ChildProcess): Promise<void> {
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}
