import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { endpoints, pages } from '@/lib/api/addresses';
import { Browser } from '@/lib/api/browser.fixture';
import { startPostgres } from '@/lib/store/postgres.fixture';
import { median } from './clock';
import { kill, startServer, startSite } from './server-process';

/*
 * How often permalinks are answered, as a share of what a bare Next route answers that returns a constant. All servers run
 * at once and are asked in turn, round after round: what else the machine does meanwhile slows them alike, so the ratios
 * of one run are worth more than its figures.
 */

const ports = { bare: 43_191, sqlite: 43_192, postgres: 43_193 };
const atOnce = 20;
const rounds = 5;
const roundMs = 2000;

type Subject = { what: string; port: number; path: string; cookie?: string };

const agent = new Agent({ keepAlive: true, maxSockets: atOnce });

const get = ({ port, path, cookie }: Subject): Promise<number> =>
  new Promise((done, refuse) => {
    const headers = cookie === undefined ? {} : { cookie };
    const asked = request({ agent, host: '127.0.0.1', port, path, headers }, (response) => {
      response.resume();
      response.on('end', () => done(response.statusCode ?? 0));
    });
    asked.on('error', refuse);
    asked.end();
  });

/** How many answers a second come to 20 connections. */
async function measure(subject: Subject, ms: number): Promise<number> {
  const began = performance.now();
  let answers = 0;
  const ask = async (): Promise<void> => {
    for (; performance.now() < began + ms; answers++) {
      const status = await get(subject);
      if (status !== 200) throw new Error(`${subject.what} answered ${status}.`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return (answers / (performance.now() - began)) * 1000;
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

/** Shares an experiment of five runs; what is to be asked for of it, by a reader and by whoever made it. */
async function subjectsOn(engine: string, port: number): Promise<Subject[]> {
  const origin = `http://127.0.0.1:${port}`;
  const browser = new Browser();
  const api = browser.at(origin);
  const started = await api.start({
    v: 1,
    provider: 'seedling',
    request: {
      model: 'seedling-1',
      messages: [{ role: 'user', content: 'Once upon a time' }],
      max_completion_tokens: 200,
    },
    repeats: 5,
  });
  let id = '';
  if (started.ok) for await (const { event } of started.value) if (event.type === 'experiment-start') id = event.id;
  while (!(await api.share(id)).ok); // its lease is given back a moment after its end
  const asked = [
    { what: 'page', path: pages.permalink(id) },
    { what: 'page to embed', path: pages.embed(id) },
    { what: 'JSON', path: endpoints.experiment(id) },
    { what: 'JSON, for its owner', path: endpoints.experiment(id), cookie: browser.cookie },
  ];
  return asked.map((each) => ({ ...each, what: `${each.what}, ${engine}`, port }));
}

const folder = mkdtempSync(join(tmpdir(), 'seedbed-bench-'));
const postgres = await startPostgres();
const servers = [
  await startServer(buildBare(), ports.bare),
  await startSite(ports.sqlite, { DATA_DIR: folder }),
  await startSite(ports.postgres, { DATABASE_URL: await postgres.create() }),
];
const bare: Subject = { what: 'bare route, a constant', port: ports.bare, path: '/constant' };
const subjects = [
  bare,
  ...(await subjectsOn('SQLite', ports.sqlite)),
  ...(await subjectsOn('PostgreSQL', ports.postgres)),
];
for (const subject of subjects) await measure(subject, roundMs); // to warm up
const figures: { subject: Subject; perSecond: number; ofBare: number }[] = [];
for (let round = 0; round < rounds; round++) {
  let ofThisRound = 0;
  for (const subject of subjects) {
    const perSecond = await measure(subject, roundMs);
    if (subject === bare) ofThisRound = perSecond;
    figures.push({ subject, perSecond, ofBare: perSecond / ofThisRound });
  }
}
agent.destroy();
for (const server of servers) await kill(server);
await postgres.stop();
rmSync(folder, { recursive: true });

console.log(`medians of ${rounds} rounds`);
console.table(
  subjects.map((subject) => {
    const own = figures.filter((each) => each.subject === subject);
    return {
      what: subject.what,
      'answers a second': Math.round(median(own.map(({ perSecond }) => perSecond))),
      'of the bare route': Number(median(own.map(({ ofBare }) => ofBare)).toFixed(2)),
    };
  }),
);
