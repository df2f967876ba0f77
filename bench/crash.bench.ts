import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as wait } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { startPostgres } from '@/lib/store/postgres.fixture';
import { kill, startServer } from './server-process';

/*
 * The whole server killed without warning (kill -9), 50 times at random moments while experiments run on SQLite; then
 * PostgreSQL killed and started again under a server that goes on. Counts the runs that a reader was told are over, and
 * those of them that are gone afterwards. ROUNDS is the number of kills.
 */
const rounds = Number(process.env.ROUNDS ?? 50);
const port = 43_190;
const origin = `http://127.0.0.1:${port}`;
const random = xoroshiro128plus(Number(process.env.SEED ?? 1));
const between = (low: number, high: number): number => low + (Math.abs(random.next()) % (high - low));

let api = new Browser().at(origin);
/** Runs that a reader was told are over: experiment, run, and its text. */
const acknowledged = new Map<string, string>();

/** Runs an experiment of eight and notes each run that ends well, until the end or until the server is gone. */
async function runOne(seed: number): Promise<void> {
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
      if (event.type === 'run-end') acknowledged.set(`${id} ${event.run}`, texts.get(event.run) ?? '');
    }
  } catch {
    // the server was killed
  }
}

/** How many acknowledged runs the server no longer has, or has with another text. */
async function countLost(): Promise<number> {
  const ids = new Set([...acknowledged.keys()].map((key) => key.split(' ')[0] ?? ''));
  let lost = 0;
  for (const id of ids) {
    const { runs } = await answerOf(api.experiment(id));
    const kept = new Map(runs.map(({ run, text, status }) => [`${id} ${run}`, status === 'ended' ? text : null]));
    for (const [key, text] of acknowledged) if (key.startsWith(`${id} `) && kept.get(key) !== text) lost++;
  }
  return lost;
}

async function crashSqlite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'seedbed-crash-'));
  let lost = 0;
  let sound = 0;
  let total = 0;
  for (let round = 1; round <= rounds; round++) {
    const server = await startServer('.', port, { DATA_DIR: folder });
    lost += await countLost();
    total += acknowledged.size;
    acknowledged.clear();
    await runOne(round * 100); // at least one experiment, and the cookie
    const going = Array.from({ length: 5 }, (_, at) => runOne(round * 100 + at));
    await wait(between(50, 1200));
    await Promise.all([kill(server), ...going]);
    const file = new DatabaseSync(join(folder, 'seedbed.sqlite'));
    if (JSON.stringify(file.prepare('pragma integrity_check').all()).includes('"ok"')) sound++;
    file.close();
  }
  const server = await startServer('.', port, { DATA_DIR: folder });
  lost += await countLost();
  total += acknowledged.size;
  await kill(server);
  rmSync(folder, { recursive: true });
  console.log(
    `SQLite, server killed ${rounds} times: ${total} runs acknowledged, ${lost} lost, integrity ok ${sound} times`,
  );
}

async function crashPostgres(): Promise<void> {
  const postgres = await startPostgres();
  const server = await startServer('.', port, { DATABASE_URL: await postgres.create() });
  acknowledged.clear();
  api = new Browser().at(origin);
  await runOne(1);
  for (let round = 1; round <= rounds; round++) {
    const going = Array.from({ length: 5 }, (_, at) => runOne(1000 + round * 100 + at));
    await wait(between(50, 1200));
    await postgres.kill();
    await postgres.restart();
    await Promise.all(going);
  }
  const lost = await countLost();
  console.log(`PostgreSQL, killed ${rounds} times: ${acknowledged.size} runs acknowledged, ${lost} lost`);
  await kill(server);
  await postgres.stop();
}

await crashSqlite();
await crashPostgres();
