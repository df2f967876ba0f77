import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { ask, hostileRequests } from '../e2e/support/hostile-requests';
import { kill, startSite } from './server-process';

/*
 * Requests that could each stop the server for everybody, and others that mean harm: how long one takes, what is answered, how long
 * /api/health of another connection waits meanwhile, and how much memory is held when all is over. BENCH_ONLY is a regular expression:
 * which of them.
 */

const port = Number(process.env.BENCH_PORT ?? 43_194);
const site = `http://127.0.0.1:${port}`;
/** A request that is not answered by then is given up. */
const patienceMs = 60_000;

type Case = { what: string; ask: (signal: AbortSignal) => Promise<number | string> };

let cookie = '';
async function send(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`${site}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    signal,
    headers: { 'content-type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  cookie = response.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return response;
}

/** The status of an answer that is read to its end, with what it says of an error. */
async function statusOf(response: Response): Promise<number | string> {
  const text = await response.text();
  return response.ok ? response.status : `${response.status} ${text.slice(0, 120)}`;
}

const get = (path: () => string) => async (signal: AbortSignal) => statusOf(await send(path(), undefined, signal));

/** A text of two letters, without a pattern. */
function twoLetters(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return state % 2 === 0 ? 'a ' : 'b ';
  }).join('');
}

let imported = '';
async function bring(texts: readonly string[], signal: AbortSignal): Promise<number> {
  const response = await send('/api/experiments/import', { text: JSON.stringify(texts), fileName: 'a.json' }, signal);
  const answer: unknown = await response.json();
  imported = typeof answer === 'object' && answer !== null && 'id' in answer ? String(answer.id) : '';
  return response.status;
}
const brought = (texts: () => string[], path: (id: string) => string) => async (signal: AbortSignal) => {
  const status = await bring(texts(), signal);
  return status === 201 ? get(() => path(imported))(signal) : status;
};
const page = (id: string) => `/e/${id}`;
const json = (id: string) => `/api/experiments/${id}`;

/** Asks Sapling, as whoever it is called, and reads the answer, or never. Resolves when it is over. */
function askSapling(body: object, { as, read }: { as: string; read: boolean }, signal: AbortSignal): Promise<void> {
  const whole = { model: 'sapling-1', max_completion_tokens: 400, logit_bias: { 256: -100 }, stream: true, ...body };
  return new Promise((resolve) => {
    const headers = { 'content-type': 'application/json', 'x-seedling-sender': as };
    const asked = request(`${site}/v1/chat/completions`, { method: 'POST', agent: false, headers, signal });
    asked.on('response', (response) => {
      response.on('close', resolve).on('error', () => undefined);
      if (read) response.resume();
      else response.socket.pause();
    });
    asked.on('error', () => resolve());
    asked.end(JSON.stringify(whole));
  });
}

/** What five runs of a visitor take while others ask Sapling something, so many times at once and again. */
const besideSapling =
  (times: number, bodyOf: (at: number) => object, read = true) =>
  async (signal: AbortSignal) => {
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    const others = Array.from({ length: times }, async (_, at) => {
      for (let time = 0; !either.aborted; time++)
        await askSapling(bodyOf(at + time * times), { as: `a${at + time * times}`, read }, either);
    });
    await wait(1000);
    const began = performance.now();
    let [ended, first] = [0, 0];
    for await (const { event } of await answerOf(new Browser().at(site).start(fiveRuns))) {
      if (event.type === 'text-delta') first ||= Math.round(performance.now() - began);
      if (event.type === 'run-end') ended++;
    }
    const ms = Math.round(performance.now() - began);
    over.abort();
    await Promise.all(others);
    return `${ended} of 5 runs of another visitor in ${ms} ms, first text after ${first} ms`;
  };

const fiveRuns: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    ...{ model: 'sapling-1', messages: [{ role: 'user', content: 'Tell me a story about a fox.' }], seed: 1 },
    ...{ max_completion_tokens: 60, logit_bias: { 256: -100 } },
  },
  repeats: 5,
};
const saying = (content: string, role = 'user') => ({ messages: [{ role, content }] });

const cases: Case[] = [
  { what: 'Sapling: a word of 30,000 letters', ask: besideSapling(4, (at) => saying(`${at}${'x'.repeat(30_000)}`)) },
  {
    what: 'Sapling: the same as the beginning of an answer',
    ask: besideSapling(4, (at) => saying(`${at}${'x'.repeat(30_000)}`, 'assistant')),
  },
  {
    what: 'Sapling: 16 prompts of 490 tokens at once',
    ask: besideSapling(16, (at) => ({ ...saying(`${at}${'x'.repeat(460)}`), max_completion_tokens: 1 })),
  },
  {
    what: 'Sapling: 60 streams under as many names, each of 8 texts',
    ask: besideSapling(60, (at) => ({ ...saying(`Hi ${at}`), n: 8 })),
  },
  {
    what: 'Sapling: 60 streams under as many names, which nobody reads',
    ask: besideSapling(60, (at) => ({ ...saying(`Hi ${at}`), n: 8, logprobs: true, top_logprobs: 20 }), false),
  },
  ...hostileRequests.map((each) => ({
    what: each.what,
    ask: async (signal: AbortSignal) => {
      const status = await ask(site, each, { cookie, signal });
      return status === each.status ? status : `${status}, not ${each.status}`;
    },
  })),
  {
    what: 'page of 32 texts of 255 KB',
    ask: brought(() => Array.from({ length: 32 }, (_, at) => twoLetters(127_000, at + 1)), page),
  },
  { what: 'JSON of the same', ask: get(() => json(imported)) },
  { what: 'Markdown of the same', ask: get(() => `${json(imported)}/export?format=markdown`) },
  { what: 'sharing the same', ask: async (signal) => statusOf(await send(`${json(imported)}/share`, {}, signal)) },
  {
    what: 'page of 1,000 texts of 8 KB',
    ask: brought(() => Array.from({ length: 1000 }, (_, at) => twoLetters(4000, at + 1)), page),
  },
  {
    what: 'list of 10 experiments of 8 MB',
    ask: async (signal) => {
      for (let at = 0; at < 9; at++)
        await bring(
          Array.from({ length: 32 }, (_, run) => `${run} ${'x'.repeat(254_000)}`),
          signal,
        );
      const before = performance.now();
      const status = await get(() => '/api/experiments?limit=20')(signal);
      return `${status} (the list alone: ${Math.round(performance.now() - before)} ms)`;
    },
  },
  {
    what: '/api/models, a provider hangs',
    ask: async (signal) => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => get(() => '/api/models')(signal)));
      return `${answers[0]} (${asked} calls for ${answers.length})`;
    },
  },
];

/**
 * Asks for health until it is told to stop, and tells the time that each answer took: in a thread of its own, since this one writes and
 * sends bodies of many megabytes meanwhile.
 */
const asking = `
const { parentPort, workerData } = require('node:worker_threads');
let waits = [];
parentPort.on('message', () => { parentPort.postMessage(waits); waits = []; });
const ask = async () => {
  const before = performance.now();
  await fetch(workerData, { headers: { connection: 'close' } }).then((response) => response.text()).catch(() => undefined);
  waits.push(performance.now() - before);
  setTimeout(ask, 10);
};
void ask();
`;
const others = new Worker(asking, { eval: true, workerData: `${site}/api/health` });

/** How long others have waited since this was asked last, in milliseconds. */
async function waitsOfOthers(): Promise<number[]> {
  const told = once(others, 'message');
  others.postMessage('tell');
  const [waits] = await told;
  return waits;
}

/** How much of memory a process has, in MB. */
function memoryOf(pid: number | undefined): number {
  const status = `/proc/${pid}/status`;
  const held = existsSync(status) ? /VmRSS:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return Math.round(Number(held ?? 0) / 1024);
}

let asked = 0;
const hanging = createServer(() => {
  asked++;
}).listen(0, '127.0.0.1');
await new Promise((resolve) => hanging.once('listening', resolve));
const address = hanging.address();
const upstream = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/v1`;

const only = new RegExp(process.env.BENCH_ONLY ?? '');
const folder = mkdtempSync(join(tmpdir(), 'seedbed-hostile-'));
const environment = {
  DATA_DIR: folder,
  OPENAI_API_KEY: 'any',
  OPENAI_BASE_URL: upstream,
  SEEDLING_REQUESTS_PER_MINUTE: '10000',
};
let server = await startSite(port, environment);
for (let time = 0; time < 30; time++)
  for (const path of ['/', '/api/health', '/history', '/learn'])
    await send(path, undefined, AbortSignal.timeout(patienceMs)).then((response) => response.text());
const warmMB = memoryOf(server.pid);
const table: Record<string, unknown>[] = [];
for (const { what, ask } of cases.filter((each) => only.test(each.what))) {
  await waitsOfOthers();
  const before = performance.now();
  const signal = AbortSignal.timeout(patienceMs);
  const answer = await ask(signal).catch((error: unknown) => `given up: ${error}`);
  const ms = Math.round(performance.now() - before);
  const sorted = (await waitsOfOthers()).toSorted((a, b) => a - b);
  const givenUp = String(answer).startsWith('given up');
  if (givenUp && server.exitCode === null) await kill(server);
  const [median, worst] = [sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0].map(Math.round);
  table.push({ what, ms, median, worst, MB: memoryOf(server.pid), answer });
  console.log(`${what}: ${ms} ms, others ${median} / ${worst} ms, ${memoryOf(server.pid)} MB, ${answer}`);
  if (givenUp) {
    cookie = '';
    server = await startSite(port, environment);
  }
}
const figures = (key: 'median' | 'worst') => table.map((row) => Number(row[key]));
console.log(
  `${table.length} requests: others waited at most ${Math.max(...figures('median'))} ms in the median, ${Math.max(...figures('worst'))} ms at worst; over 200 / 500 ms: ${figures('median').filter((ms) => ms > 200).length} / ${figures('worst').filter((ms) => ms > 500).length}`,
);
await others.terminate();
for (let quiet = 0; quiet < 60; quiet++) {
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await send('/api/health', undefined, AbortSignal.timeout(5000)).then((response) => response.text());
}
console.log(`memory: ${warmMB} MB before, ${memoryOf(server.pid)} MB a minute after`);
await kill(server);
hanging.closeAllConnections();
hanging.close();
rmSync(folder, { recursive: true });
