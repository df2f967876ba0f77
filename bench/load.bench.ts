import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { stateOf } from './process-state';
import { kill, startSite } from './server-process';
import { startUpstream, steady } from './stub-upstream';

/*
 * Much at once, at an upstream that writes a word each 50 ms for a second: 320 streams, 1,000 runs of one experiment, 100 experiments of
 * 10. Whether every run comes and is kept, how long it takes against what it would if nothing cost anything, and against what a client
 * without a server between takes at the same time, and how late the server's event loop is. Then thirty browsers at one address that
 * begin a lesson at once; and fifty readers that never read. PARTS is what is done of it.
 */

const parts = (process.env.PARTS ?? 'load,lesson,readers').split(',');
const port = Number(process.env.BENCH_PORT ?? 43_197);
const origin = `http://127.0.0.1:${port}`;
const [words, wordMs, atOnce] = [20, 50, 320];
const runMs = words * wordMs;

const upstream = await startUpstream(steady(words, wordMs));
const folder = mkdtempSync(join(tmpdir(), 'seedbed-load-'));
const usual: unknown = JSON.parse(readFileSync(resolve('bench/seedbed.config.json'), 'utf8'));
const stub = { id: 'stub', name: 'Stub', baseUrl: upstream.url, atOnce };
writeFileSync(join(folder, 'config.json'), JSON.stringify(Object.assign({}, usual, { providers: [stub] })));
const delayFile = join(folder, 'delay.json');
const server = await startSite(port, {
  ...{ DATA_DIR: folder, SEEDBED_CONFIG: join(folder, 'config.json') },
  ...{ NODE_OPTIONS: `--import=${resolve('bench/loop-delay.mjs')}`, LOOP_DELAY: delayFile },
});

const recipeOf = (runs: number): Recipe => ({
  v: 1,
  provider: 'stub',
  request: { model: 'stub', messages: [{ role: 'user', content: 'Write.' }], seed: 1 },
  repeats: runs,
});
const whole = Array.from({ length: words }, (_, word) => ` word${word}`).join('');

/** An experiment that was run: which of its runs came whole, how often it was refused before, and when its last event came. */
type Ran = { browser: Browser; id: string; ended: number; refused: number; at: number };

/** Runs an experiment, again and again while that is refused. */
async function runWhole(browser: Browser, runs: number): Promise<Ran> {
  const api = browser.at(origin);
  for (let refused = 0; ; refused++) {
    const started = await api.start(recipeOf(runs));
    if (!started.ok) {
      if (started.error.kind !== 'refused') throw new Error(JSON.stringify(started.error));
      await wait(50);
      continue;
    }
    const texts = new Map<number, string>();
    let [id, ended] = ['', 0];
    for await (const { event } of started.value) {
      if (event.type === 'experiment-start') id = event.id;
      if (event.type === 'text-delta') texts.set(event.run, (texts.get(event.run) ?? '') + event.text);
      if (event.type === 'run-end' && texts.get(event.run) === whole) ended++;
    }
    return { browser, id, ended, refused, at: performance.now() };
  }
}

/** How many of its runs did not come whole, or are not kept. */
async function lostOf({ browser, id, ended }: Ran, runs: number): Promise<number> {
  const kept = (await answerOf(browser.at(origin).experiment(id))).runs.filter(
    ({ text, status }) => status === 'ended' && text === whole,
  );
  return runs - Math.min(ended, kept.length);
}

/** How long so many streams take that this process reads from the upstream by itself. */
async function bare(streams: number): Promise<number> {
  const body = JSON.stringify(recipeOf(1).request);
  const began = performance.now();
  const read = async () => (await fetch(`${upstream.url}/chat/completions`, { method: 'POST', body })).text();
  await Promise.all(Array.from({ length: streams }, read));
  return performance.now() - began;
}

/** Loads the server `times` times: the first of them finds it as it is just after its start. */
async function load(what: string, experiments: number, runs: number, ideal: number, times = 1): Promise<void> {
  await runWhole(new Browser(), 2); // to warm up
  for (let time = 1; time <= times; time++) {
    const bareMs = await bare(Math.min(atOnce, experiments * Math.min(runs, 32)));
    server.kill('SIGUSR2');
    const began = performance.now();
    const all = await Promise.all(Array.from({ length: experiments }, () => runWhole(new Browser(), runs)));
    const ms = Math.max(...all.map(({ at }) => at)) - began;
    await wait(600);
    const delay = readFileSync(delayFile, 'utf8');
    let [lost, refused] = [0, 0];
    for (const each of all) {
      lost += await lostOf(each, runs);
      refused += each.refused;
    }
    console.log(
      `${what}${times > 1 ? `, time ${time}` : ''}: ${lost} lost, ${refused} refusals, ${(ms / ideal).toFixed(2)} × the ideal ${ideal} ms (as many streams at once without the server: ${(bareMs / runMs).toFixed(2)} ×), loop ${delay}`,
    );
  }
}

/** The first text of each of thirty browsers, and how many were refused. */
async function lesson(): Promise<void> {
  const recipe: Recipe = {
    v: 1,
    provider: 'seedling',
    request: {
      ...{ model: 'seedling-1', messages: [{ role: 'user', content: 'Tell me a story about a cat.' }], seed: 7 },
      ...{ temperature: 1, max_completion_tokens: 60 },
    },
    repeats: 5,
  };
  const students = Array.from({ length: 30 }, () => new Browser());
  const once = async (browser: Browser): Promise<number | null> => {
    const began = performance.now();
    const started = await browser.at(origin).start(recipe, { pace: 60 });
    if (!started.ok) return null;
    let first: number | null = null;
    for await (const { event } of started.value) if (event.type === 'text-delta') first ??= performance.now() - began;
    return first;
  };
  for (const time of ['first', 'second']) {
    const firsts = (await Promise.all(students.map(once))).filter((ms) => ms !== null).toSorted((a, b) => a - b);
    console.log(
      `30 browsers run a lesson for the ${time} time: ${30 - firsts.length} refused, first text after ${Math.round(firsts[15] ?? 0)} ms (median), ${Math.round(firsts.at(-1) ?? 0)} ms (worst)`,
    );
  }
}

/** What fifty readers hold that never read an experiment of 8 MB, as a stream, as JSON and as a file. */
async function readers(): Promise<void> {
  const browser = new Browser();
  const texts = Array.from({ length: 32 }, (_, run) => `${run} ${'x'.repeat(250_000)}`);
  const text = JSON.stringify(texts);
  const { id } = await answerOf(browser.at(origin).import({ text, fileName: 'a.json' }));
  const api = `/api/experiments/${id}`;
  for (const path of [`${api}/events`, api, `${api}/export?format=json`, `/e/${id}`]) {
    for (let time = 0; time < 5; time++) await (await browser.fetch(`${origin}${path}`)).text(); // to warm up
    await wait(12_000); // until the workers have ended
    const before = stateOf(server.pid ?? 0);
    let most = before.MB;
    let cut = 0;
    const statuses = new Map<number | undefined, number>();
    const began = performance.now();
    const waiting = Array.from({ length: 50 }, () => {
      const asked = request(`${origin}${path}`, { headers: { cookie: browser.cookie }, agent: false });
      asked.on('response', (response) => {
        statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
        response.pause();
        response.on('error', () => undefined);
        response.socket.pause();
      });
      asked.on('error', () => undefined);
      asked.end();
      return asked;
    });
    let free = 0;
    while (performance.now() - began < 60_000 && free === 0) {
      await wait(500);
      const { MB, sockets } = stateOf(server.pid ?? 0);
      most = Math.max(most, MB);
      if (performance.now() - began > 8000 && sockets <= before.sockets + 1) free = performance.now() - began;
      cut = sockets;
    }
    for (const each of waiting) each.destroy();
    await wait(10_000);
    const after = stateOf(server.pid ?? 0);
    console.log(
      `50 readers of ${path.replace(id, '…')} that never read: ${JSON.stringify([...statuses])}, ${before.MB} MB before, at most ${most}, all let go after ${free ? `${Math.round(free / 1000)} s` : `more than 60 s (${cut} sockets)`}, ${after.MB} MB 10 s later`,
    );
  }
}

if (parts.includes('load')) {
  await load('320 streams at once', 10, 32, runMs, 3);
  await load('1,000 runs of one experiment', 1, 1000, Math.ceil(1000 / 32) * runMs);
  await load('100 experiments of 10', 100, 10, Math.ceil(1000 / atOnce) * runMs, 3);
}
if (parts.includes('lesson')) await lesson();
if (parts.includes('readers')) await readers();
await kill(server);
upstream.stop();
rmSync(folder, { recursive: true });
