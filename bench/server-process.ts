import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

/** Starts a built Next server in a folder; resolves when it takes requests. */
export async function startServer(
  folder: string,
  port: number,
  environment: Record<string, string> = {},
): Promise<ChildProcess> {
  const next = resolve('node_modules/next/dist/bin/next');
  const server = spawn(process.execPath, [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  for await (const chunk of server.stdout) if (String(chunk).includes('Ready')) return server;
  throw new Error('The server ended before it was ready.');
}

/** Kills a process, and waits until it has ended. */
export async function kill(server: ChildProcess): Promise<void> {
  const exited = once(server, 'exit');
  server.kill('SIGKILL');
  await exited;
}
