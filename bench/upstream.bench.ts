import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { apiClient } from '@/lib/api/client';
import { openAiProvider } from '@/lib/openai/provider';
import { maxAtOnce, plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import { round } from './clock';
import { kill, startSite } from './server-process';

/*
 * What it costs to read a thousand streamed answers of 400 tokens from an OpenAI-compatible server, on this machine and in this
 * run: with a bare loop over the SDK's own stream, with our provider, and through the whole site, which stores each run and
 * sends it on to one reader. Time and processor time are shares of the bare loop's in the same pass; the first text is that many
 * milliseconds later there than the server wrote it. The server that answers is a process of its own, which sends what it has
 * ready: it is asked by all three alike. EVENTS_A_WRITE is how many tokens it sends at once.
 *
 * Then what a reader waits for who comes when much goes on: 320 streams at once, of ten experiments with a reader each, at the pace at
 * which models write. As one ends the next begins, and of those the delay of the first text is measured.
 */

const runs = 1000;
const tokens = 400;
const eventsAWrite = Number(process.env.EVENTS_A_WRITE ?? 10);
const passes = 3;
const [sitePort, stubPort] = [43_291, 43_292];
const stubURL = `http://127.0.0.1:${stubPort}`;
const baseURL = `${stubURL}/v1`;
const experiments = 10;
const streams = experiments * maxAtOnce;
const recipe: Recipe = {
  v: 1,
  provider: 'stub',
  request: { model: 'stub', messages: [{ role: 'user', content: 'Write.' }], seed: 1 },
  repeats: runs,
};

/** The stub, as a script for a process of its own: one event a token. An answer's request id is when its first text was written. */
const stub = `
import { createServer } from 'node:http';
const chunk = (delta, finish_reason = null) => 'data: ' + JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk',
  created: 1780000000, model: 'stub', system_fingerprint: 'fp_stub', choices: [{ index: 0, delta, logprobs: null, finish_reason }] }) + '\\n\\n';
const pieces = Array.from({ length: ${tokens / eventsAWrite} }, (_, at) =>
  Array.from({ length: ${eventsAWrite} }, (_, each) => chunk({ content: ' word' + (at * ${eventsAWrite} + each) })).join(''));
const end = chunk({}, 'stop') + 'data: ' + JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1780000000,
  model: 'stub', system_fingerprint: 'fp_stub', choices: [], usage: { prompt_tokens: 3, completion_tokens: ${tokens}, total_tokens: ${tokens + 3} } }) + '\\n\\ndata: [DONE]\\n\\n';
let paced = 0;
createServer((request, response) => {
  request.resume();
  if (request.method === 'GET') return response.end(JSON.stringify({ object: 'list', data: [{ id: 'stub', object: 'model' }] }));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': String(performance.timeOrigin + performance.now()) });
  const isPaced = request.url.startsWith('/paced');
  const count = isPaced ? 20 + (paced++ % 41) : pieces.length;
  const next = (at) => {
    if (at === count) return response.end(end);
    response.write(isPaced ? chunk({ content: ' word' + at }) : pieces[at]);
    if (isPaced) setTimeout(next, 25, at + 1);
    else setImmediate(next, at + 1);
  };
  next(0);
}).listen(${stubPort}, '127.0.0.1', () => process.send('ready'));
`;

type Measured = { what: string; seconds: number; cpu: number; firstTextMs: number };

/** What a subject was late with the first text of each run, in milliseconds. */
type Delays = number[];

/** The time, as the stub has it too. */
const now = (): number => performance.timeOrigin + performance.now();

/** So many calls, a few at once as the site makes them. */
async function inTurn(count: number, work: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let at = next++; at < count; at = next++) await work(at);
  };
  await Promise.all(Array.from({ length: maxAtOnce }, worker));
}

/** Processor seconds that a process has used, as Linux counts them. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

async function measure(what: string, pid: number, work: () => Promise<Delays>): Promise<Measured> {
  const [began, before] = [performance.now(), cpuOf(pid)];
  const delays = await work();
  const [seconds, cpu] = [(performance.now() - began) / 1000, cpuOf(pid) - before];
  return { what, seconds, cpu, firstTextMs: median(delays) };
}

const sdk = new OpenAI({ apiKey: 'none', baseURL });

async function bareLoop(): Promise<Delays> {
  const delays: Delays = [];
  await inTurn(runs, async () => {
    let [text, first] = ['', 0];
    const { data, request_id } = await sdk.chat.completions
      .create({ ...recipe.request, seed: null, stream: true, stream_options: { include_usage: true } })
      .withResponse();
    for await (const chunk of data) {
      first ||= now();
      text += chunk.choices[0]?.delta.content ?? '';
    }
    delays.push(first - Number(request_id));
    if (!text.endsWith(` word${tokens - 1}`)) throw new Error('The text is not whole.');
  });
  return delays;
}

async function ourProvider(): Promise<Delays> {
  const provider = openAiProvider({ apiKey: 'none', baseURL, maxRetries: 0 });
  const specs = plan(recipe);
  const delays: Delays = [];
  await inTurn(runs, async (at) => {
    const spec = specs[at];
    if (!spec) return;
    let [text, first] = ['', 0];
    const call = { spec, request: recipe.request, signal: new AbortController().signal, queuedMs: 0 };
    for await (const event of provider.run(call)) {
      first ||= now();
      if (event.type === 'text-delta') text += event.text;
      if (event.type === 'run-end') delays.push(first - Number(event.requestId));
    }
    if (!text.endsWith(` word${tokens - 1}`)) throw new Error('The text is not whole.');
  });
  return delays;
}

/** The delays of the runs of a recipe, in the order in which they ended, but for those that begin together. */
async function throughSite(asked: Recipe = recipe, together = 0): Promise<Delays> {
  const api = apiClient({ fetch, origin: `http://127.0.0.1:${sitePort}` });
  const started = await api.start(asked);
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const first = new Map<number, number>();
  const delays: Delays = [];
  for await (const { event } of started.value) {
    if (event.type === 'text-delta' && !first.has(event.run)) first.set(event.run, now());
    if (event.type === 'run-end' && event.run > together)
      delays.push((first.get(event.run) ?? 0) - Number(event.requestId));
  }
  if (delays.length !== asked.repeats - together) throw new Error(`${delays.length} runs ended.`);
  return delays;
}

const folder = mkdtempSync(join(tmpdir(), 'seedbed-upstream-'));
writeFileSync(join(folder, 'stub.mjs'), stub);
const upstream = fork(join(folder, 'stub.mjs'));
await new Promise((ready) => upstream.once('message', ready));
const config = join(folder, 'seedbed.config.json');
const { limits } = JSON.parse(readFileSync('bench/seedbed.config.json', 'utf8'));
const providers = [
  { id: 'stub', baseUrl: baseURL },
  { id: 'paced', baseUrl: `${stubURL}/paced/v1`, atOnce: streams },
];
writeFileSync(config, JSON.stringify({ limits, localServers: false, providers }));
const site = await startSite(sitePort, { SEEDBED_CONFIG: config, DATA_DIR: join(folder, 'data') });
const bare = { what: 'the SDK’s own loop', pid: process.pid, work: bareLoop };
const subjects = [
  bare,
  { what: 'our provider', pid: process.pid, work: ourProvider },
  { what: 'through the site, stored, with one reader', pid: site.pid ?? 0, work: () => throughSite() },
];
for (const { work } of subjects) await work(); // what is compiled and opened when it is first used
const measured: Measured[] = [];
for (let pass = 0; pass < passes; pass++)
  for (const { what, pid, work } of subjects) measured.push(await measure(what, pid, work));
const of = (what: string): Measured[] => measured.filter((each) => each.what === what);
const share = (what: string, figure: 'seconds' | 'cpu'): number =>
  median(of(what).map((each, pass) => each[figure] / (of(bare.what)[pass]?.[figure] ?? Number.NaN)));
console.log(
  `${runs} streamed answers of ${tokens} tokens, ${maxAtOnce} at once, ${eventsAWrite} tokens a write; medians of ${passes} passes`,
);
console.table(
  subjects.map(({ what }) => ({
    what,
    seconds: round(median(of(what).map(({ seconds }) => seconds))),
    'of the bare loop': round(share(what, 'seconds')),
    'CPU seconds': round(median(of(what).map(({ cpu }) => cpu))),
    'CPU of the bare loop': round(share(what, 'cpu')),
    'first text after ms': round(median(of(what).map(({ firstTextMs }) => firstTextMs))),
  })),
);
const paced = { ...recipe, provider: 'paced', repeats: 3 * maxAtOnce };
const late = await Promise.all(Array.from({ length: experiments }, () => throughSite(paced, maxAtOnce)));
const sorted = late.flat().toSorted((a, b) => a - b);
const at = (share: number): number => round(sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN);
console.log(
  `${streams} streams at once, each a token every 25 ms; the first text of ${sorted.length} that begin meanwhile`,
);
console.table([{ 'median (ms)': at(0.5), '95 % (ms)': at(0.95), 'most (ms)': at(1) }]);
await kill(site);
await kill(upstream);
rmSync(folder, { recursive: true });
