import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kill, startSite } from './server-process';

/*
 * Requests that could each stop the server for everybody: how long one takes, what is answered, and how long /api/health of
 * another connection waits meanwhile.
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

const post = (path: string, body: () => unknown) => async (signal: AbortSignal) =>
  statusOf(await send(path, body(), signal));
const get = (path: () => string) => async (signal: AbortSignal) => statusOf(await send(path(), undefined, signal));

const importing = (text: () => string, more = {}) => post('/api/experiments/import', () => ({ text: text(), ...more }));
const list = (entry: string, count: number) => () => `[${`${entry},`.repeat(count - 1)}${entry}]`;

const prompt = (content: string) => [{ role: 'user', content }];
const recipe = (request: object, more: object) => ({
  v: 1,
  provider: 'seedling',
  request: { model: 'seedling-1', messages: prompt('Hello'), max_completion_tokens: 1, ...request },
  repeats: 1,
  ...more,
});
const arms = (count: number) => Array.from({ length: count }, (_, seed) => ({ set: { seed } }));
const long = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / 30_000) }, () => prompt('word '.repeat(6000))[0]);
const chat = (more: object) =>
  post('/v1/chat/completions', () => ({ model: 'seedling-1', seed: 1, messages: prompt('Once upon a time'), ...more }));

/** The end of a text is token 1: without it, texts are as long as they may be. */
const endless = { logit_bias: { 1: -100 } };

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

const cases: Case[] = [
  { what: 'import: 1 million numbers', ask: importing(list('1', 1e6)) },
  { what: 'import: 4 million numbers', ask: importing(list('1', 3.9e6)) },
  { what: 'import: 4 million empty objects', ask: importing(list('{}', 2.7e6)) },
  { what: 'import: 2.7 million empty strings', ask: importing(list('""', 2.7e6)) },
  { what: 'import: 4 million line breaks', ask: importing(() => '\n'.repeat(4e6)) },
  { what: 'import: 4 million line breaks around a text', ask: importing(() => `a${'\n'.repeat(4e6)}b`) },
  { what: 'import: 2 million lines of JSON', ask: importing(() => '1\n'.repeat(2e6), { fileName: 'a.jsonl' }) },
  { what: 'import: a table of 2 million rows', ask: importing(() => `text,a\n${'x,y\n'.repeat(2e6)}`) },
  {
    what: 'import: 1 million columns',
    ask: importing(() => `text${',a'.repeat(1e6)}\nx${',y'.repeat(1e6)}`, { fileName: 'a.csv' }),
  },
  { what: 'import: 2 million dividers', ask: importing(() => 'a\n---\n'.repeat(1e6)) },
  {
    what: 'recipe: 100 KB × 100 arms',
    ask: post('/api/experiments', () => recipe({ messages: long(100_000) }, { arms: arms(100) })),
  },
  {
    what: 'recipe: 100 KB × 1,000 arms',
    ask: post('/api/experiments', () => recipe({ messages: long(100_000) }, { arms: arms(1000) })),
  },
  {
    what: 'recipe: 900 KB × 1,000 arms',
    ask: post('/api/experiments', () => recipe({ messages: long(870_000) }, { arms: arms(1000) })),
  },
  { what: '/v1: n 8 × 4,096, temperature 2', ask: chat({ n: 8, max_tokens: 4096, temperature: 2, ...endless }) },
  {
    what: '/v1: the same, logprobs 20',
    ask: chat({ n: 8, max_tokens: 4096, temperature: 2, logprobs: true, top_logprobs: 20, ...endless }),
  },
  {
    what: '/v1: one word of 4,000 letters',
    ask: chat({ max_tokens: 1, messages: [...prompt('Hi'), { role: 'assistant', content: 'ab'.repeat(2000) }] }),
  },
  {
    what: '/v1: one word of 900,000 letters',
    ask: chat({ max_tokens: 1, messages: [...prompt('Hi'), { role: 'assistant', content: 'ab'.repeat(450_000) }] }),
  },
  { what: '/v1: 900 KB of prompt', ask: chat({ max_tokens: 1, messages: prompt('some words here '.repeat(56_000)) }) },
  { what: '/v1: stop of 900 KB', ask: chat({ max_tokens: 256, stop: 'a'.repeat(900_000) }) },
  {
    what: '/v1: 100,000 empty messages',
    ask: chat({ max_tokens: 1, messages: Array(20_000).fill({ role: 'user', content: '' }) }),
  },
  {
    what: '/v1: 60,000 biases',
    ask: chat({ max_tokens: 256, logit_bias: Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [at, 1])) }),
  },
  {
    what: '…/runs with 500,000 numbers',
    ask: async (signal) => {
      await bring(['a', 'b'], signal);
      return post(`/api/experiments/${imported}/runs`, () => ({ runs: Array(500_000).fill(1) }))(signal);
    },
  },
  {
    what: '…/stop with 500,000 numbers',
    ask: async (signal) =>
      statusOf(await send(`/api/experiments/${imported}/stop`, { runs: Array(500_000).fill(1) }, signal)),
  },
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

/** Asks for health until told to stop; gives the time that each answer took. */
async function askHealth(over: AbortSignal): Promise<number[]> {
  const waits: number[] = [];
  while (!over.aborted) {
    const before = performance.now();
    await fetch(`${site}/api/health`, { headers: { connection: 'close' } })
      .then((response) => response.text())
      .catch(() => undefined);
    waits.push(performance.now() - before);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
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
const table: Record<string, unknown>[] = [];
for (const { what, ask } of cases.filter((each) => only.test(each.what))) {
  const over = new AbortController();
  const health = askHealth(over.signal);
  const before = performance.now();
  const signal = AbortSignal.timeout(patienceMs);
  const answer = await ask(signal).catch((error: unknown) => `given up: ${error}`);
  const ms = Math.round(performance.now() - before);
  over.abort();
  const givenUp = String(answer).startsWith('given up');
  if (givenUp && server.exitCode === null) await kill(server);
  const sorted = (await health).toSorted((a, b) => a - b);
  const [median, worst] = [sorted[sorted.length >> 1] ?? 0, sorted.at(-1) ?? 0].map(Math.round);
  table.push({ what, ms, median, worst, MB: memoryOf(server.pid), answer });
  console.log(`${what}: ${ms} ms, others ${median} / ${worst} ms, ${memoryOf(server.pid)} MB, ${answer}`);
  if (givenUp) {
    cookie = '';
    server = await startSite(port, environment);
  }
}
await kill(server);
hanging.closeAllConnections();
hanging.close();
rmSync(folder, { recursive: true });
