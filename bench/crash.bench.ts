import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { ApiClient } from '@/lib/api/client';
import type { Recipe } from '@/lib/recipe/recipe';
import { startPostgres, type TestServer } from '@/lib/store/postgres.fixture';
import { kill, startSite } from './server-process';
import { beginAnswer, lastPieces, pieceOf, startUpstream } from './stub-upstream';

/*
 * The whole server killed without warning (kill -9) at random moments while experiments run: on SQLite; and two servers and their
 * PostgreSQL, one of the three each time. Then servers that sleep for longer than their lease, while another runs their experiments
 * anew. Counts the runs that a reader was told are over, and those of them that are gone afterwards, are there twice, or have been
 * written over. ROUNDS is the number of kills, SLEEPERS that of sleeping servers, PARTS what is done of it.
 */
const rounds = Number(process.env.ROUNDS ?? 50);
const sleepers = Number(process.env.SLEEPERS ?? 5);
const parts = (process.env.PARTS ?? 'sqlite,postgres,sleepers').split(',');
const firstPort = Number(process.env.BENCH_PORT ?? 43_190);
const random = xoroshiro128plus(Number(process.env.SEED ?? 1));
const between = (low: number, high: number): number => low + (Math.abs(random.next()) % (high - low));
const originOf = (port: number): string => `http://127.0.0.1:${port}`;

const browser = new Browser();
/** Runs that a reader was told are over: experiment, run, and its text. */
const acknowledged = new Map<string, string>();
const counted = { acknowledged: 0, lost: 0, doubled: 0 };

/** Runs an experiment of eight and notes each run that ends well, until the end or until the server is gone. */
async function runOne(api: ApiClient, seed: number): Promise<void> {
  const recipe: Recipe = {
    v: 1,
    provider: 'seedling',
    request: {
      model: 'seedling-1',
      messages: [{ role: 'user', content: 'Once upon a time' }],
      temperature: 1.2,
      max_completion_tokens: 40,
    },
    arms: Array.from({ length: 8 }, (_, arm) => ({ set: { seed: seed * 8 + arm } })),
    repeats: 1,
  };
  const texts = new Map<number, string>();
  let id = '';
  try {
    const started = await api.start(recipe, { pace: 60 });
    if (!started.ok) return;
    for await (const { event } of started.value) {
      if (event.type === 'experiment-start') id = event.id;
      if (event.type === 'text-delta') texts.set(event.run, (texts.get(event.run) ?? '') + event.text);
      if (event.type !== 'run-end') continue;
      if (acknowledged.has(`${id} ${event.run}`)) counted.doubled++;
      acknowledged.set(`${id} ${event.run}`, texts.get(event.run) ?? '');
    }
  } catch {
    // the server was killed
  }
}

/** Counts which acknowledged runs the server no longer has, has with another text, or has twice; and forgets them. */
async function count(api: ApiClient): Promise<void> {
  const ids = new Set([...acknowledged.keys()].map((key) => key.split(' ')[0] ?? ''));
  for (const id of ids) {
    const { runs } = await answerOf(api.experiment(id));
    const kept = new Map(runs.map(({ run, text, status }) => [`${id} ${run}`, status === 'ended' ? text : null]));
    counted.doubled += runs.length - kept.size;
    for (const [key, text] of acknowledged) if (key.startsWith(`${id} `) && kept.get(key) !== text) counted.lost++;
  }
  counted.acknowledged += acknowledged.size;
  acknowledged.clear();
}

/** Says what was counted, and begins anew. */
function tell(what: string): void {
  console.log(`${what}: ${counted.acknowledged} runs acknowledged, ${counted.lost} lost, ${counted.doubled} doubled`);
  Object.assign(counted, { acknowledged: 0, lost: 0, doubled: 0 });
}

async function crashSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'seedbed-crash-'));
  const api = browser.at(originOf(firstPort));
  let sound = 0;
  for (let round = 1; round <= rounds; round++) {
    const server = await startSite(firstPort, { DATA_DIR: folder });
    await count(api);
    await runOne(api, round * 100); // at least one experiment, and the cookie
    const going = Array.from({ length: 5 }, (_, at) => runOne(api, round * 100 + at));
    await wait(between(50, 1200));
    await Promise.all([kill(server), ...going]);
    const file = new DatabaseSync(join(folder, 'seedbed.sqlite'));
    if (JSON.stringify(file.prepare('pragma integrity_check').all()).includes('"ok"')) sound++;
    file.close();
  }
  const server = await startSite(firstPort, { DATA_DIR: folder });
  await count(api);
  await kill(server);
  rmSync(folder, { recursive: true });
  tell(`SQLite, server killed ${rounds} times, integrity ok ${sound} times`);
}

async function crashPostgres(postgres: TestServer): Promise<void> {
  const DATABASE_URL = await postgres.create();
  const ports = [firstPort, firstPort + 1];
  const servers = await Promise.all(ports.map((port) => startSite(port, { DATABASE_URL })));
  const apis = ports.map((port) => browser.at(originOf(port)));
  browser.cookie = '';
  const killed = [0, 0, 0];
  for (const api of apis) await runOne(api, 1);
  for (let round = 1; round <= rounds; round++) {
    const going = Array.from({ length: 6 }, (_, at) => runOne(apis[at % 2] ?? browser.at(''), 1000 + round * 100 + at));
    await wait(between(50, 1200));
    const victim = between(0, 3);
    killed[victim] = (killed[victim] ?? 0) + 1;
    const [server, port] = [servers[victim], ports[victim]];
    if (server && port) {
      await kill(server);
      servers[victim] = await startSite(port, { DATABASE_URL });
    } else {
      await postgres.kill();
      await postgres.restart();
    }
    await Promise.all(going);
    await count(apis[round % 2] ?? browser.at(''));
  }
  for (const server of servers) await kill(server);
  tell(`PostgreSQL, killed ${rounds} times (servers ${killed[0]} and ${killed[1]}, database ${killed[2]})`);
}

const leaseAndMoreMs = 34_000;
const sleepMs = 40_000;

/** Servers that are stopped for 40 s in the midst of three runs each, which another server then makes. */
async function sleepAll(postgres: TestServer): Promise<void> {
  const [DATABASE_URL, awake] = [await postgres.create(), firstPort + 2];
  const asked = new Map<string, number>();
  // The first call of a run goes on until its server has slept; the second is answered at once.
  const upstream = await startUpstream(async (response, { prompt }) => {
    const time = (asked.get(prompt) ?? 0) + 1;
    asked.set(prompt, time);
    beginAnswer(response);
    response.write(pieceOf(`${time <= 3 ? 'asleep' : 'awake'} ${time}`));
    if (time <= 3) await wait(sleepMs + 3000);
    response.end(lastPieces);
  });
  const environment = { DATABASE_URL, OPENAI_API_KEY: 'any', OPENAI_BASE_URL: upstream.url };
  const other = await startSite(awake, environment);
  browser.cookie = '';
  await runOne(browser.at(originOf(awake)), 1);
  const sleeping: ChildProcess[] = [];
  for (let at = 0; at < sleepers; at++) sleeping.push(await startSite(awake + 1 + at, environment));
  const overwritten = await Promise.all(
    sleeping.map((server, at) => sleepOne(server, browser.at(originOf(awake + 1 + at)), `sleeper ${at}`)),
  );
  const sum = overwritten.reduce((all, each) => all + each, 0);
  console.log(
    `${sleepers} servers slept ${sleepMs / 1000} s: ${3 * sleepers} runs made by another, ${sum} overwritten`,
  );
  for (const server of [other, ...sleeping]) await kill(server);
  upstream.stop();

  /** How many of the runs that were made meanwhile are not there afterwards as they were made. */
  async function sleepOne(server: ChildProcess, api: ApiClient, prompt: string): Promise<number> {
    const request = { model: 'stub', messages: [{ role: 'user' as const, content: prompt }] };
    const started = await api.start({ v: 1, provider: 'openai', request, repeats: 3 });
    if (!started.ok) throw new Error(JSON.stringify(started.error));
    let [id, begun] = ['', 0];
    const events = started.value[Symbol.asyncIterator]();
    while (begun < 3) {
      const { value, done } = await events.next();
      if (done) throw new Error('It ended.');
      if (value.event.type === 'experiment-start') id = value.event.id;
      if (value.event.type === 'text-delta') begun++;
    }
    server.kill('SIGSTOP');
    await wait(leaseAndMoreMs);
    const elsewhere = browser.at(originOf(awake));
    const again = await answerOf(elsewhere.runAgain(id, {}));
    for await (const _ of again);
    const made = (await answerOf(elsewhere.experiment(id))).runs.map(({ text }) => text);
    if (!made.every((text) => text.startsWith('awake'))) throw new Error(`They were not made: ${made}`);
    await wait(sleepMs - leaseAndMoreMs);
    server.kill('SIGCONT');
    await wait(12_000);
    const after = (await answerOf(elsewhere.experiment(id))).runs.map(({ text }) => text);
    return made.filter((text, at) => after[at] !== text).length;
  }
}

if (parts.includes('sqlite')) await crashSqlite();
if (parts.includes('postgres') || parts.includes('sleepers')) {
  const postgres = await startPostgres();
  if (parts.includes('postgres')) await crashPostgres(postgres);
  if (parts.includes('sleepers')) await sleepAll(postgres);
  await postgres.stop();
}
