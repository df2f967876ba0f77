import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startPostgres } from '@/lib/store/postgres.fixture';
import { kill, startServer } from './server-process';

/* How fast permalinks are read, on SQLite and on PostgreSQL, beside a bare Next route that returns a constant. */

const port = 43_191;
const atOnce = 20;
const seconds = 5;

type Figures = { what: string; perSecond: number; p50: number; p99: number; failed: number };

const get = (agent: Agent, path: string, cookie: string): Promise<number> =>
  new Promise((done, refuse) => {
    const asked = request({ agent, host: '127.0.0.1', port, path, headers: { cookie } }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 0));
    });
    asked.on('error', refuse);
    asked.end();
  });

/** Asks for a path from 20 connections for 5 seconds, after one to warm up. Times are milliseconds. */
async function measure(what: string, path: string, cookie = ''): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  let failed = 0;
  const ask = async (until: number, note: boolean): Promise<void> => {
    while (performance.now() < until) {
      const began = performance.now();
      const status = await get(agent, path, cookie);
      if (note) times.push(performance.now() - began);
      if (status !== 200) failed++;
    }
  };
  const crowd = (until: number, note: boolean) => Promise.all(Array.from({ length: atOnce }, () => ask(until, note)));
  await crowd(performance.now() + 1000, false);
  await crowd(performance.now() + seconds * 1000, true);
  agent.destroy();
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1));
  return { what, perSecond: Math.round(times.length / seconds), p50: at(0.5), p99: at(0.99), failed };
}

/** A Next project with nothing but one route, built like ours. */
function buildBare(): string {
  const folder = resolve('.cache/bench-bare');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'app/constant'), { recursive: true });
  writeFileSync(
    join(folder, 'app/constant/route.js'),
    "export const dynamic = 'force-dynamic';\nexport const GET = () => new Response('constant');\n",
  );
  writeFileSync(join(folder, 'instrumentation.js'), 'export function register() {}\n'); // not ours
  writeFileSync(
    join(folder, 'app/layout.js'),
    'export default function Layout({ children }) {\n  return children;\n}\n',
  );
  writeFileSync(
    join(folder, 'next.config.mjs'),
    `export default { turbopack: { root: ${JSON.stringify(resolve('.'))} } };\n`,
  );
  execFileSync(process.execPath, [resolve('node_modules/next/dist/bin/next'), 'build'], { cwd: folder, stdio: 'pipe' });
  return folder;
}

async function measureBare(): Promise<Figures> {
  const server = await startServer(buildBare(), port);
  const figures = await measure('bare route, a constant', '/constant');
  await kill(server);
  return figures;
}

/** Runs one experiment of five and measures its page and its JSON. */
async function measurePermalinks(engine: string, environment: Record<string, string>): Promise<Figures[]> {
  const server = await startServer('.', port, environment);
  const response = await fetch(`http://127.0.0.1:${port}/api/experiments`, {
    method: 'POST',
    body: JSON.stringify({
      v: 1,
      provider: 'seedling',
      request: {
        model: 'seedling-1',
        messages: [{ role: 'user', content: 'Once upon a time' }],
        max_completion_tokens: 200,
      },
      repeats: 5,
    }),
  });
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const id = /"id":"([^"]+)"/.exec(await response.text())?.[1];
  const figures = [
    await measure(`JSON of an experiment, ${engine}`, `/api/experiments/${id}`, cookie),
    await measure(`permalink page, ${engine}`, `/e/${id}`, cookie),
  ];
  await kill(server);
  return figures;
}

const bare = await measureBare();
const folder = mkdtempSync(join(tmpdir(), 'seedbed-bench-'));
const sqlite = await measurePermalinks('SQLite', { DATA_DIR: folder });
rmSync(folder, { recursive: true });
const postgres = await startPostgres();
const onPostgres = await measurePermalinks('PostgreSQL', { DATABASE_URL: await postgres.create() });
await postgres.stop();
console.table(
  [bare, ...sqlite, ...onPostgres].map((each) => ({
    ...each,
    ofBare: Number((each.perSecond / bare.perSecond).toFixed(2)),
  })),
);
