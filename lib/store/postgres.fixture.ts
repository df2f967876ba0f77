import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';

/*
 * A real PostgreSQL for tests: the one that TEST_DATABASE_URL names, else one that is started for the test from what is
 * installed here. Without either, tests fail: a store that is never tested does not count.
 */

export type TestDatabases = {
  /** Creates an empty database and gives its URL. */
  create(): Promise<string>;
  stop(): Promise<void>;
};

/** Databases on the server that TEST_DATABASE_URL names, or on one of our own. */
export async function testDatabases(): Promise<TestDatabases> {
  const given = process.env.TEST_DATABASE_URL;
  return given ? databasesOf(() => given) : await startPostgres();
}

export type TestServer = TestDatabases & {
  /** As if its machine had lost power: all of its processes die at once. */
  kill(): Promise<void>;
  /** Starts it again after `kill`. */
  restart(): Promise<void>;
  /** As if the network were gone: it accepts connections and never answers. */
  pause(): void;
  resume(): void;
};

/** A server of our own. fsync stays on: crash tests are about it. */
export async function startPostgres(): Promise<TestServer> {
  const programs = findPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'seedbed-postgres-'));
  const user = ownerOf(folder);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(programs, 'initdb'), init, { ...user, cwd: folder, stdio: 'pipe' });
  const port = await freePort();
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'shared_buffers=16MB',
  ];
  const options = ['-D', data, ...settings.flatMap((setting) => ['-c', setting])];
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;

  let server: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    let said = '';
    // A killed server may hold its shared memory for a moment longer; the next one then exits at once.
    await eventually(async () => {
      if (server?.exitCode !== null) {
        server = spawn(join(programs, 'postgres'), options, { ...user, cwd: folder });
        server.stderr?.on('data', (chunk) => {
          said += chunk;
        });
      }
      await query(url, 'select 1');
    }).catch((error: unknown) => {
      throw new Error(`PostgreSQL did not start:\n${said}`, { cause: error });
    });
  };
  const processes = (): number[] => (server?.pid === undefined ? [] : [server.pid, ...childrenOf(server.pid)]);
  const signal = (name: NodeJS.Signals): void => {
    for (const pid of processes()) sendSignal(pid, name);
  };
  const kill = async (): Promise<void> => {
    if (!server || server.exitCode !== null || server.signalCode !== null) return;
    const dead = new Promise((resolve) => server?.once('exit', resolve));
    signal('SIGKILL');
    await dead;
    server = undefined;
  };
  const killAtExit = () => signal('SIGKILL');
  process.once('exit', killAtExit);
  await start();

  return {
    ...databasesOf(() => url),
    kill,
    restart: start,
    pause: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async stop() {
      await kill();
      process.removeListener('exit', killAtExit);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Tries again and again for 20 seconds. Written here so that the benchmarks, which vitest does not run, can use this file. */
async function eventually(work: () => Promise<void>): Promise<void> {
  const giveUpAt = performance.now() + 20_000;
  for (;;) {
    try {
      await work();
      return;
    } catch (error) {
      if (performance.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

function databasesOf(url: () => string): TestDatabases {
  const made: string[] = [];
  return {
    async create() {
      const name = `seedbed_${process.pid}_${Date.now()}_${made.length}`;
      await query(url(), `create database ${name}`);
      made.push(name);
      return Object.assign(new URL(url()), { pathname: `/${name}` }).href;
    },
    async stop() {
      for (const name of made) await query(url(), `drop database if exists ${name} with (force)`);
    },
  };
}

/** Runs one statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The folder of the newest PostgreSQL here. */
function findPrograms(): string {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
  if (found) return found;
  throw new Error(
    'These tests need PostgreSQL: install it (Debian and Ubuntu: apt-get install postgresql; macOS: brew install ' +
      'postgresql), or set TEST_DATABASE_URL to a server on which databases may be made.',
  );
}

/** PostgreSQL does not run as root: root gives the folder to another user, as whom it runs. */
function ownerOf(folder: string): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const [, , uid, gid] = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody') ?? [];
  const user = { uid: Number(uid), gid: Number(gid) };
  chownSync(folder, user.uid, user.gid);
  return user;
}

const childrenOf = (parent: number): number[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([pid = 0, of]) => (of === parent ? [pid] : []));

function sendSignal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has exited already.
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
