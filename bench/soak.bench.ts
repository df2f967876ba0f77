import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { stateOf } from './process-state';
import { kill, startSite } from './server-process';
import { beginAnswer, type Call, lastPieces, pieceOf, startUpstream } from './stub-upstream';

/*
 * Some visitors run experiments for a long time at an upstream with faults of every kind, and leave now and then, stop, or come
 * back. Whether memory, sockets and threads grow; whether every run that was read to its end is kept as it was read; and how long after
 * its reader has left the upstream sees a call ended. MINUTES is how long.
 */

const minutes = Number(process.env.MINUTES ?? 30);
const port = Number(process.env.BENCH_PORT ?? 43_196);
const visitors = 4;
const sampleMs = 15_000;

const random = xoroshiro128plus(Number(process.env.SEED ?? 1));
const below = (limit: number): number => Math.abs(random.next()) % limit;

const words = async (response: ServerResponse, count: number, ms: number): Promise<void> => {
  beginAnswer(response);
  for (let word = 0; word < count && !response.destroyed; word++) {
    response.write(pieceOf(` word${word}`));
    await wait(ms);
  }
};

/** What the upstream does to a call: half of them are well. */
const faults: ((response: ServerResponse) => Promise<void>)[] = [
  async (response) =>
    void response.writeHead(500, { 'content-type': 'application/json' }).end('{"error":{"message":"no"}}'),
  async (response) => void response.writeHead(429, { 'retry-after': '1' }).end('{}'),
  async (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in'),
  async (response) => void response.destroy(),
  async (response) => {
    await words(response, 5, 5);
    response.destroy();
  },
  async (response) => {
    await words(response, 3, 5);
    response.end(); // without an end
  },
  async (response) => {
    beginAnswer(response);
    response.write('data: not JSON\n\n: a comment\n\n');
    response.end(`${pieceOf('text')}${lastPieces}`);
  },
  async (response) => {
    beginAnswer(response);
    response.end(`${pieceOf('x'.repeat(200_000))}${lastPieces}`);
  },
];

const upstream = await startUpstream(async (response) => {
  const fault = below(2) === 0 ? undefined : faults[below(faults.length)];
  if (fault) return fault(response);
  await words(response, 5 + below(60), 20);
  response.end(lastPieces);
});

const folder = mkdtempSync(join(tmpdir(), 'seedbed-soak-'));
const server = await startSite(port, {
  ...{ DATA_DIR: folder, OPENAI_API_KEY: 'any', OPENAI_BASE_URL: upstream.url, RECONNECT_GRACE_MS: '0' },
});
const origin = `http://127.0.0.1:${port}`;
const until = performance.now() + minutes * 60_000;
const counted = { experiments: 0, read: 0, left: 0, stopped: 0, cameBack: 0, refused: 0, wrong: 0 };
const endedAfter: number[] = [];

const recipeOf = (prompt: string): Recipe => ({
  v: 1,
  provider: 'openai',
  request: { model: 'stub', messages: [{ role: 'user', content: prompt }], seed: 1 },
  repeats: 1 + below(8),
});

const callsOf = (prompt: string): Call[] => upstream.calls.filter((call) => call.prompt === prompt);

/** Notes how long after now the calls of an experiment that are under way are ended; 0 for those that end by themselves. */
async function noteEnds(prompt: string): Promise<void> {
  const left = performance.now();
  const open = callsOf(prompt).filter(({ closed }) => closed === null);
  await wait(3000);
  for (const { closed, whole } of open) if (!whole) endedAfter.push((closed ?? performance.now()) - left);
}

/** One visitor runs one experiment, and does something with it. */
async function runOne(browser: Browser, prompt: string): Promise<void> {
  const api = browser.at(origin);
  const leaving = new AbortController();
  const started = await api.start(recipeOf(prompt), { signal: leaving.signal });
  if (!started.ok) {
    counted.refused++;
    return;
  }
  counted.experiments++;
  const does = below(10);
  const texts = new Map<number, string>();
  const over = new Set<number>();
  let [id, events] = ['', 0];
  const turningPoint = 3 + below(30);
  try {
    for await (const { event } of started.value) {
      if (event.type === 'experiment-start') id = event.id;
      if (event.type === 'text-delta') texts.set(event.run, (texts.get(event.run) ?? '') + event.text);
      if (event.type === 'run-end' || event.type === 'run-error') over.add(event.run);
      if (++events !== turningPoint) continue;
      if (does < 3) {
        counted.left++;
        void noteEnds(prompt);
        leaving.abort();
      } else if (does === 3) {
        counted.stopped++;
        void noteEnds(prompt);
        await api.stop(id);
      } else if (does === 4) {
        counted.cameBack++;
        const again = await api.follow(id, 0);
        if (again.ok) await again.value.return?.(undefined);
      }
    }
  } catch {
    // it was left
  }
  if (leaving.signal.aborted) return;
  counted.read++;
  const { runs } = await answerOf(api.experiment(id));
  for (const { run, text, status } of runs)
    if (status === 'queued' || status === 'running' || !over.has(run) || text !== (texts.get(run) ?? ''))
      counted.wrong++;
}

async function visit(who: number): Promise<void> {
  const browser = new Browser();
  for (let at = 0; performance.now() < until; at++) {
    await runOne(browser, `visitor ${who} experiment ${at}`);
    await wait(100 + below(300));
  }
}

const states: (ReturnType<typeof stateOf> & { minute: number })[] = [];
const sampling = setInterval(() => {
  states.push({ minute: (performance.now() - until) / 60_000 + minutes, ...stateOf(server.pid ?? 0) });
  const old = performance.now() - 60_000;
  upstream.calls.splice(
    0,
    upstream.calls.findIndex(({ began }) => began > old),
  );
}, sampleMs);
await Promise.all(Array.from({ length: visitors }, (_, who) => visit(who)));
clearInterval(sampling);
await wait(3500);

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const sixth = Math.ceil(states.length / 6);
const middle = (from: number, to: number) => {
  const part = states.slice(from, to);
  const of = (key: keyof (typeof states)[number]) => Math.round(median(part.map((each) => each[key])));
  return { minute: of('minute'), MB: of('MB'), files: of('files'), sockets: of('sockets'), threads: of('threads') };
};
console.table(Array.from({ length: 6 }, (_, at) => middle(at * sixth, (at + 1) * sixth)));
console.log(counted);
const sorted = endedAfter.toSorted((a, b) => a - b);
const late = sorted.filter((ms) => ms > 500).length;
console.log(
  `${sorted.length} calls ended that were left: median ${Math.round(median(sorted))} ms, worst ${Math.round(sorted.at(-1) ?? 0)} ms, ${late} after more than 500 ms`,
);
await wait(1000);
console.log('at rest', stateOf(server.pid ?? 0));
await kill(server);
upstream.stop();
rmSync(folder, { recursive: true });
