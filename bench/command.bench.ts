import { fork, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, round } from './clock';
import { kill } from './server-process';

/*
 * The command `seedbed`, as it is packed: how long it takes to start; and a case of a thousand runs against a stub, from start to end
 * of the process, beside a script of a few lines over OpenAI's SDK that makes as many calls as many at once, and, if PROMPTFOO names the
 * folder of an installation, beside `promptfoo eval --repeat 1000 --no-cache`. All ask the same stub by turns, so that whatever else the
 * machine does slows all of them down.
 */

const runs = 1000;
const atOnce = 32;
const most = 7;
const port = 43_294;
const baseURL = `http://127.0.0.1:${port}/v1`;
const folder = mkdtempSync(join(tmpdir(), 'seedbed-command-'));
const dist = join(folder, 'dist');
spawnSync(process.execPath, ['bin/bundle.mjs', dist], { stdio: 'inherit' });
const program = join(dist, 'bin/seedbed.mjs');

/** An answer of 60 words: as a stream where one is asked for, or whole. */
const stub = `
import { createServer } from 'node:http';
const head = { id: 'chatcmpl-1', created: 1780000000, model: 'stub', system_fingerprint: 'fp_stub' };
const text = Array.from({ length: 60 }, (_, at) => 'word' + at).join(' ');
const usage = { prompt_tokens: 3, completion_tokens: 60, total_tokens: 63 };
const chunk = (fields) => 'data: ' + JSON.stringify({ ...head, object: 'chat.completion.chunk', ...fields }) + '\\n\\n';
const choice = (delta, finish_reason) => ({ choices: [{ index: 0, delta, finish_reason }] });
const stream = text.match(/\\S+\\s?/g).map((content) => chunk(choice({ content }, null))).join('') +
  chunk(choice({}, 'stop')) + chunk({ choices: [], usage }) + 'data: [DONE]\\n\\n';
const whole = JSON.stringify({ ...head, object: 'chat.completion', usage,
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] });
createServer(async (request, response) => {
  let body = '';
  for await (const piece of request) body += piece;
  const streams = body.includes('"stream":true');
  response.writeHead(200, { 'content-type': streams ? 'text/event-stream' : 'application/json' });
  response.end(streams ? stream : whole);
}).listen(${port}, '127.0.0.1', () => process.send('ready'));
`;

const script = `
import OpenAI from ${JSON.stringify(import.meta.resolve('openai'))};
const client = new OpenAI({ apiKey: 'any', baseURL: ${JSON.stringify(baseURL)} });
const texts = [];
let made = 0;
const worker = async () => {
  while (made++ < ${runs}) {
    const stream = await client.chat.completions.create({ model: 'stub', seed: 1, stream: true,
      stream_options: { include_usage: true }, messages: [{ role: 'user', content: 'Write.' }] });
    let text = '';
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    texts.push(text);
  }
};
await Promise.all(Array.from({ length: ${atOnce} }, worker));
console.log(new Set(texts).size, texts.length);
`;

const files = {
  'stub.mjs': stub,
  'bare.mjs': script,
  'seedbed.yaml': `v: 1\ncases: [{ id: stub, provider: openai, prompt: Write., runs: ${runs}, request: { model: stub, seed: 1 } }]\n`,
  'promptfooconfig.json': JSON.stringify({
    prompts: ['Write.'],
    providers: [{ id: 'openai:chat:stub', config: { apiBaseUrl: baseURL, apiKey: 'any', seed: 1 } }],
    tests: [{ assert: [{ type: 'contains', value: 'word59' }] }],
  }),
};
for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);

const env = {
  ...process.env,
  OPENAI_API_KEY: 'any',
  OPENAI_BASE_URL: baseURL,
  PROMPTFOO_DISABLE_TELEMETRY: '1',
  HOME: folder,
};
type Measured = { wall: number; cpu: number; said: string };

/** Runs a program to its end; wall clock and processor time are in seconds, as the shell counts them. */
function measure(...command: string[]): Measured {
  const timed = `time -p ${command.map((word) => `'${word}'`).join(' ')}`;
  const { stdout, stderr } = spawnSync('bash', ['-c', timed], { cwd: folder, env, encoding: 'utf8' });
  const [real = 0, user = 0, system = 0] = [...stderr.matchAll(/^(?:real|user|sys) ([\d.]+)$/gm)].map(([, time]) =>
    Number(time),
  );
  return { wall: real, cpu: user + system, said: stdout.trim().split('\n').at(-1) ?? '' };
}

const starts = Array.from({ length: 15 }, () => measure(process.execPath, program, '--version'));
const empty = Array.from({ length: 15 }, () => measure(process.execPath, '-e', ''));
const best = (list: readonly Measured[], of: 'wall' | 'cpu') => Math.min(...list.map((each) => each[of]));
console.log(
  `seedbed --version: ${best(starts, 'wall') * 1000} ms, of which Node itself ${best(empty, 'wall') * 1000} ms`,
);

const upstream = fork(join(folder, 'stub.mjs'));
await new Promise((ready) => upstream.once('message', ready));
const promptfoo = process.env.PROMPTFOO;
const subjects = [
  { what: 'a script over the SDK', command: [process.execPath, join(folder, 'bare.mjs')], passes: most },
  { what: 'seedbed check', command: [process.execPath, program, 'check'], passes: most },
  ...(promptfoo
    ? [
        {
          what: 'promptfoo eval',
          command: [
            ...[process.execPath, join(promptfoo, 'node_modules/promptfoo/dist/src/entrypoint.js')],
            ...[
              'eval',
              '--repeat',
              String(runs),
              '--no-cache',
              '-j',
              String(atOnce),
              '--no-table',
              '--no-progress-bar',
            ],
          ],
          passes: 1,
        },
      ]
    : []),
];
if (!promptfoo) console.log('promptfoo is left out: PROMPTFOO names no folder that it is installed in.');
const measured: { what: string; all: Measured[] }[] = subjects.map(({ what }) => ({ what, all: [] }));
for (let pass = 0; pass < most; pass++)
  for (const [at, { command, passes }] of subjects.entries())
    if (pass < passes) measured[at]?.all.push(measure(...command));
const middle = (list: readonly Measured[], of: 'wall' | 'cpu') => median(list.map((each) => each[of]));
const bare = measured[0]?.all ?? [];
console.log(`${runs} runs against a stub, ${atOnce} at once; the median of ${most} passes (promptfoo: one)`);
console.table(
  measured.map(({ what, all }) => ({
    what,
    seconds: round(middle(all, 'wall')),
    'of the script': round(middle(all, 'wall') / middle(bare, 'wall')),
    'CPU seconds': round(middle(all, 'cpu')),
    'CPU of the script': round(middle(all, 'cpu') / middle(bare, 'cpu')),
    'last line': all[0]?.said.slice(0, 60),
  })),
);
await kill(upstream);
rmSync(folder, { recursive: true });
