import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { stateOf } from './process-state';
import { kill, startSite } from './server-process';

/*
 * Sapling through the site: experiments of so many runs of 60 tokens, from POST to the last event. How many tokens a second that
 * makes, for all and for each column, how late the server's event loop is meanwhile, and what the process holds in MB: first before
 * anybody asks, then after 20 runs of Seedling, which leave in it what any runs do. RUNS are the sizes of the experiments, MODEL is
 * the model.
 */

const sizes = (process.env.RUNS ?? '1,20,20,1000').split(',').map(Number);
const model = process.env.MODEL ?? 'sapling-1';
const port = Number(process.env.BENCH_PORT ?? 43_198);
const tokens = 60;
/** The token that ends a text of the model's family. */
const endOf = (of: string): number => (of.startsWith('sapling') ? 256 : 1);

const folder = mkdtempSync(join(tmpdir(), 'seedbed-sapling-'));
const delayFile = join(folder, 'delay.json');
const server = await startSite(port, {
  ...{ DATA_DIR: folder, NODE_OPTIONS: `--import=${resolve('bench/loop-delay.mjs')}`, LOOP_DELAY: delayFile },
});
const held = () => stateOf(server.pid ?? 0).MB;

const recipeOf = (runs: number, of = model): Recipe => ({
  v: 1,
  provider: 'seedling',
  request: {
    ...{ model: of, messages: [{ role: 'user', content: 'Tell me a story about a fox.' }], seed: 1, temperature: 1 },
    // Texts never end by themselves, so that all are of one length.
    ...{ max_completion_tokens: tokens, logit_bias: { [endOf(of)]: -100 } },
  },
  arms: Array.from({ length: runs }, (_, seed) => ({ set: { seed } })),
  repeats: 1,
});

const start = async (recipe: Recipe) => answerOf(new Browser().at(`http://127.0.0.1:${port}`).start(recipe));

console.log(`before anybody asks, the process holds ${held()} MB`);
for await (const { event } of await start(recipeOf(20, 'seedling-1'))) if (event.type === 'experiment-end') break;
console.log(`after 20 runs of seedling-1 it holds ${held()} MB; now ${model}`);
for (const runs of sizes) {
  server.kill('SIGUSR2');
  const began = performance.now();
  let [written, ended, first, most] = [0, 0, 0, 0];
  for await (const { event } of await start(recipeOf(runs))) {
    if (event.type === 'text-delta') first ||= performance.now() - began;
    if (event.type !== 'run-end') continue;
    ended++;
    written += event.usage?.completion_tokens ?? 0;
    most = Math.max(most, held());
  }
  const seconds = (performance.now() - began) / 1000;
  await wait(600);
  const each = Math.min(runs, 32);
  console.log(
    `${ended} of ${runs} runs, ${written} tokens in ${seconds.toFixed(1)} s: ${Math.round(written / seconds)} a second, ` +
      `${(written / seconds / each).toFixed(1)} for each of ${each} columns; first text after ${Math.round(first)} ms; ` +
      `${most} MB at most; loop ${readFileSync(delayFile, 'utf8')}`,
  );
}
await kill(server);
rmSync(folder, { recursive: true, force: true });
