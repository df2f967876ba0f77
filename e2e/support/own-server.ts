import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A Seedbed of a test's own, started as `npm start` starts it. */
export type OwnServer = { url: string; kill(): Promise<void> };

export async function startOwn(port: number, environment: Record<string, string>): Promise<OwnServer> {
  const server: ChildProcess = spawn('node', ['bin/start.mjs'], {
    env: { ...process.env, PORT: String(port), ...environment },
    detached: true, // with a process group of its own, so that all of it can be killed at once
  });
  const said = new Promise<string>((resolve, reject) => {
    let text = '';
    server.stdout?.on('data', (chunk) => {
      text += String(chunk);
      const url = /ready at (\S+)/.exec(text)?.[1];
      if (url) resolve(url);
    });
    server.once('exit', () => reject(new Error(`The server ended: ${text}`)));
  });
  const url = await said;
  return {
    url,
    async kill() {
      if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) return;
      const exited = once(server, 'exit');
      process.kill(-server.pid, 'SIGKILL');
      await exited;
    },
  };
}
