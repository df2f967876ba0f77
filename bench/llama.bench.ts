import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endpoints } from '@/lib/api/addresses';
import { apiClient, type Fetch } from '@/lib/api/client';
import type { EventStream } from '@/lib/api/event-stream';
import { maxProbeCalls } from '@/lib/recipe/probe';
import type { ChatRequest, Recipe } from '@/lib/recipe/recipe';
import type { EndedRun } from '@/lib/run/record';
import { sayProbe, sayProbeCalls } from '@/lib/words/probe';
import { writeModels } from './llama/model';
import { kill, startSite } from './server-process';

/*
 * Seedbed beside a real llama-server: what it says of two servers with different caches and of a model that reasons, and whether
 * that is so. Run by hand, since it wants a llama-server: docs/llama-server.md says where to get one and what was seen.
 */

const llamaServer = process.env.LLAMA_SERVER;
if (llamaServer === undefined) {
  console.log('LLAMA_SERVER does not name a llama-server, so nothing is asked: docs/llama-server.md');
  process.exit();
}

const folder = mkdtempSync(join(tmpdir(), 'seedbed-llama-'));
writeModels(folder);
const [sitePort, f32Port, f16Port, thinksPort] = [43_311, 43_312, 43_313, 43_314];
// Flash attention gives both caches the same bits, so it is off.
const servers = [
  {
    id: 'f32',
    port: f32Port,
    model: 'tiny',
    atOnce: 1,
    options: '--parallel 1 --no-cache-prompt -fa off -ctk f32 -ctv f32',
  },
  { id: 'f16', port: f16Port, model: 'tiny', atOnce: 8, options: '--parallel 8 -fa off -ctk f16 -ctv f16' },
  { id: 'thinks', port: thinksPort, model: 'tiny-thinks', atOnce: 8, options: '--parallel 8' },
];

async function startLlama({ port, model, options }: (typeof servers)[number]): Promise<ChildProcess> {
  const own = [
    '--model',
    join(folder, `${model}.gguf`),
    '--alias',
    model,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
  ];
  const args = [...own, '--threads', '1', '--ctx-size', '32768', ...options.split(' ')];
  const server = spawn(String(llamaServer), args, { stdio: 'ignore' });
  for (let tries = 0; tries < 100; tries++) {
    const health = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
    if (health?.ok) return server;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`llama-server did not start: ${args.join(' ')}`);
}

const config = join(folder, 'seedbed.config.json');
const configured = servers.map(({ id, port, atOnce }) => {
  return { id, baseUrl: `http://127.0.0.1:${port}/v1`, dialect: 'llama.cpp', atOnce };
});
writeFileSync(config, JSON.stringify({ localServers: false, providers: configured }));
const environment = { SEEDBED_CONFIG: config, DATA_DIR: join(folder, 'data') };

let cookie = '';
const send: Fetch = async (address, request) => {
  const answered = await fetch(address, { ...request, headers: { ...request.headers, cookie } });
  cookie = answered.headers.get('set-cookie')?.split(';')[0] ?? cookie;
  return answered;
};
const origin = `http://127.0.0.1:${sitePort}`;
const api = apiClient({ fetch: send, origin });

/** Prints what was seen, and that it is not what should be, if it is not. */
function report(what: string, seen: string, holds: boolean): void {
  console.log(`${holds ? '✓' : '✗'} ${what}: ${seen}`);
  if (!holds) process.exitCode = 1;
}

/** Listens to an experiment until it is over, and reads it as it is stored. */
async function finish(stream: EventStream, onText: (id: string) => Promise<void> = async () => {}) {
  let id = '';
  let heard = false;
  for await (const { event } of stream) {
    if (event.type === 'experiment-start') id = event.id;
    if (event.type !== 'text-delta' || heard) continue;
    heard = true;
    await onText(id);
  }
  const stored = await api.experiment(id);
  if (!stored.ok) throw new Error(JSON.stringify(stored.error));
  const { runs, comparison } = stored.value;
  return { ...stored.value, comparison, ended: runs.filter((run): run is EndedRun => run.status === 'ended') };
}

type Asked = { request?: Partial<ChatRequest> } & Partial<Omit<Recipe, 'request'>>;

async function run({ request, ...recipe }: Asked, onText?: (id: string) => Promise<void>) {
  const messages = [{ role: 'user' as const, content: 'Tell me a story.' }];
  const asked = { model: 'tiny', messages, seed: 7, temperature: 1, max_tokens: 100, ...request };
  const started = await api.start({ v: 1, provider: 'f16', repeats: 5, ...recipe, request: asked });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  return finish(started.value, onText);
}

async function probe(provider: string, model: string) {
  const started = await api.probe({ provider, model });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  return finish(started.value);
}

/** How many slots of a server are at work. */
async function busySlots(port: number): Promise<number> {
  const slots: unknown = await (await fetch(`http://127.0.0.1:${port}/slots`)).json();
  return (Array.isArray(slots) ? slots : []).filter(({ is_processing }) => is_processing).length;
}

async function lists(): Promise<void> {
  const models = await api.models();
  if (!models.ok) throw new Error(JSON.stringify(models.error));
  const said = models.value.providers.map(({ id, models }) => `${id} ${models.map((each) => each.id).join(', ')}`);
  report(
    'Models',
    said.join('; '),
    servers.every(({ id, model }) => said.includes(`${id} ${model}`)),
  );
}

async function seeds(): Promise<void> {
  for (const repeats of [5, 100, 1000]) {
    const { comparison } = await run({ repeats });
    report(`${repeats} runs of seed 7`, comparison.verdict, comparison.texts === 1 && comparison.compared === repeats);
  }
  const { comparison: cold } = await run({
    request: { temperature: 0 },
    arms: [{ set: { seed: 1 } }, { set: { seed: 2 } }],
  });
  report('Seeds 1 and 2 at temperature 0', cold.verdict, cold.texts === 1);
  const { comparison: wide } = await run({ arms: [{ set: { seed: 1 } }, { set: { seed: 2 ** 32 + 1 } }] });
  report('Seeds 1 and 2^32 + 1', wide.verdict, wide.texts === 1);
  const { comparison: exact } = await run({ arms: [{ set: { seed: 1 } }, { set: { seed: '4611686018427387905' } }] });
  report('Seeds 1 and 2^62 + 1', exact.verdict, exact.texts === 1);
  for (const seed of [-1, 4_294_967_295, Number.MAX_SAFE_INTEGER, '9223372036854775807']) {
    const { comparison } = await run({ request: { seed } });
    const { ground } = comparison.facts;
    report(`Seed ${seed}`, comparison.verdict, comparison.texts > 1 && 'drawsAnew' in ground && ground.drawsAnew);
  }
  const { comparison: none } = await run({ request: { seed: null } });
  report('No seed', none.verdict, none.texts > 1);
}

async function stops(): Promise<void> {
  let [before, after] = [0, 0];
  const { ended } = await run(
    { repeats: 3, request: { max_tokens: 3000, extra_body: { ignore_eos: true } } },
    async (id) => {
      before = await busySlots(f16Port);
      await api.stop(id);
      for (let tries = 0; tries < 50; tries++) {
        after = await busySlots(f16Port);
        if (after === 0) return;
      }
    },
  );
  const kept = ended.map(({ finish, text }) => `${finish} after ${text.split(' ').length} words`);
  const seen = `${before} slots were at work before, ${after} after; ${kept.join(', ')}`;
  report('Stop', seen, before > 0 && after === 0 && ended.every((run) => run.finish === 'aborted'));
}

async function logprobs(): Promise<void> {
  const { ended } = await run({ repeats: 2, request: { logprobs: true, top_logprobs: 5 } });
  const tokens = ended[0]?.tokens ?? [];
  const most = Math.max(...tokens.map(({ top_logprobs }) => top_logprobs.length));
  const text = tokens.map(({ token }) => token).join('');
  report('Logprobs', `${tokens.length} tokens, ${most} others beside each`, most === 5 && text === ended[0]?.text);
}

async function reasons(): Promise<void> {
  const thinks = { provider: 'thinks', repeats: 20 };
  const { comparison, ended } = await run({ ...thinks, request: { model: 'tiny-thinks', seed: null } });
  const reasonings = new Set(ended.map(({ reasoning }) => reasoning)).size;
  report('Reasoning without a seed', `${comparison.verdict} ${reasonings} reasonings.`, reasonings === ended.length);
  const same = await run({ ...thinks, request: { model: 'tiny-thinks', logprobs: true, top_logprobs: 2 } });
  const [first] = same.ended;
  const told = first?.tokens?.map(({ token }) => token).join('') === first?.text;
  const words = first?.reasoning?.trim().split(' ').length ?? 0;
  report('Reasoning with seed 7', `${same.comparison.verdict} ${words} words of reasoning.`, told && words > 0);
  const short = await run({ ...thinks, request: { model: 'tiny-thinks', max_tokens: 2 } });
  report('Two tokens', short.comparison.verdict, short.comparison.facts.kind === 'no-text');
}

async function probes(): Promise<void> {
  for (const { id, model } of servers) {
    const { probe: found, ended } = await probe(id, model);
    const calls = sayProbeCalls({ calls: ended.length, most: maxProbeCalls, running: false, stopped: false });
    const settings = ['seed', 'temperature', 'top_p', 'logprobs'];
    const effective = (found ?? []).filter(({ parameter }) => settings.includes(parameter));
    report(
      `Probe of ${id}`,
      `${sayProbe(found ?? [])}. ${calls}`,
      effective.every(({ state }) => state === 'effective'),
    );
  }
  const args = ['bin/seedbed.mjs', 'probe', 'tiny', '--provider', 'f16'];
  const printed = execFileSync(process.execPath, args, { env: { ...process.env, ...environment }, encoding: 'utf8' });
  report('Probe from the command line', printed.trim().replaceAll('\n', ' '), printed.includes('Seed: has an effect'));
}

async function programs(): Promise<void> {
  const { id, ended } = await run({ repeats: 3 });
  const file = join(folder, 'repeat.sh');
  writeFileSync(file, await (await fetch(`${origin}${endpoints.export(id, 'curl')}`, { headers: { cookie } })).text());
  const printed = execFileSync('sh', [file], { encoding: 'utf8' });
  const same = printed.includes('All equal.') && printed.includes(JSON.stringify(ended[0]?.text));
  report('The exported curl program', printed.trim().split('\n').at(-1) ?? '', same);
}

async function caches(): Promise<void> {
  const arms = [{ set: {} }, { provider: 'f16', set: {} }];
  let apart = 0;
  for (let seed = 1; seed <= 20; seed++) {
    const { comparison } = await run({ provider: 'f32', repeats: 2, arms, request: { seed } });
    if (comparison.texts > 1) apart++;
  }
  const { comparison, runs } = await run({ provider: 'f32', repeats: 3, arms });
  const fingerprints = comparison.fingerprints.map(({ value }) => value);
  report('Two caches, seeds 1 to 20', `${apart} of 20 part`, apart > 10);
  const addresses = new Set(runs.map((run) => ('endpoint' in run ? run.endpoint?.origin : null))).size;
  const seen = `${comparison.verdict} Fingerprints: ${fingerprints.join(', ')}; ${addresses} addresses.`;
  report('Two caches, seed 7', seen, fingerprints.length === 1 && addresses === 2);
}

const llamas = await Promise.all(servers.map(startLlama));
const site = await startSite(sitePort, environment);
try {
  for (const step of [lists, seeds, stops, logprobs, reasons, probes, programs, caches]) await step();
} finally {
  await Promise.all([site, ...llamas].map(kill));
  rmSync(folder, { recursive: true });
}
