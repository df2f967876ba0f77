import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { quietConfiguration } from './addresses';
import { test as base } from './test';

/** A server for one test, started as `npm start` starts it. */
export type OwnServer = {
  url: string;
  /** what it has printed so far */
  said: () => string;
  /** Tells it to end; resolves to its exit code. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): Promise<number | null>;
  /** Kills it. */
  kill(): Promise<void>;
};

type Fixtures = {
  /** Makes an empty folder. */
  newFolder: () => string;
  /** Starts a server, at a free port unless PORT is given. */
  startOwn: (environment: Record<string, string>) => Promise<OwnServer>;
};

/** A test with servers and folders of its own, which are removed with it. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it what a fixture needs
  newFolder: async ({}, use) => {
    const folders: string[] = [];
    await use(() => {
      const folder = mkdtempSync(join(tmpdir(), 'seedbed-e2e-'));
      folders.push(folder);
      return folder;
    });
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  },
  // biome-ignore lint/correctness/noUnusedFunctionParameters: folders go after the servers that use them
  startOwn: async ({ newFolder }, use) => {
    const servers: OwnServer[] = [];
    await use(async (environment) => {
      const server = await start(environment);
      servers.push(server);
      return server;
    });
    await Promise.all(servers.map((server) => server.kill()));
  },
});

async function start(environment: Record<string, string>): Promise<OwnServer> {
  const server: ChildProcess = spawn('node', ['bin/start.mjs'], {
    env: { ...process.env, PORT: '0', SEEDBED_CONFIG: quietConfiguration, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [server.stdout, server.stderr])
      stream?.on('data', (chunk) => {
        said += String(chunk);
        const ready = /Seedbed .* at (\S+)/.exec(said)?.[1];
        if (ready) resolve(ready);
      });
    server.once('exit', () => reject(new Error(`The server ended: ${said}`)));
  });
  const exited = once(server, 'exit');
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    server.kill(signal); // in vain if it has ended
    await exited;
    return server.exitCode;
  };
  return {
    url,
    said: () => said,
    end,
    kill: async () => void (await end('SIGKILL')),
  };
}
