import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { answerOf, Browser } from '@/lib/api/browser.fixture';
import type { Recipe } from '@/lib/recipe/recipe';
import { median } from './clock';
import { kill, startSite } from './server-process';

/*
 * How long five runs of one visitor take while another has 30 experiments of 20 runs at the same model inside, of which as many go
 * on as may, against what they take alone. MODELS are the models.
 */

const models = (process.env.MODELS ?? 'sapling-1,seedling-1').split(',');
const port = Number(process.env.BENCH_PORT ?? 43_199);
const origin = `http://127.0.0.1:${port}`;

const recipeOf = (model: string, runs: number): Recipe => ({
  v: 1,
  provider: 'seedling',
  request: {
    ...{ model, messages: [{ role: 'user', content: 'Tell me a story about a fox.' }], seed: 1, temperature: 1 },
    // Texts never end by themselves, so that all are of one length.
    ...{ max_completion_tokens: 60, logit_bias: { [model.startsWith('sapling') ? 256 : 1]: -100 } },
  },
  arms: Array.from({ length: runs }, (_, seed) => ({ set: { seed } })),
  repeats: 1,
});

/** Runs an experiment, and tells after how many milliseconds its first text came and its last run was over. */
async function timesOf(model: string, visitor = new Browser()): Promise<{ first: number; all: number }> {
  const began = performance.now();
  let first = 0;
  for await (const { event } of await answerOf(visitor.at(origin).start(recipeOf(model, 5))))
    if (event.type === 'text-delta') first ||= performance.now() - began;
  return { first, all: performance.now() - began };
}

/** Has a visitor run experiments without end, 30 of 20 runs at once, each as soon as there is a place for it. */
function occupy(model: string): { underWay: () => number; stop: () => Promise<void> } {
  const visitor = new Browser();
  let [stopped, underWay] = [false, 0];
  const work = async () => {
    while (!stopped) {
      const started = await visitor.at(origin).start(recipeOf(model, 20));
      if (!started.ok) {
        await wait(200);
        continue;
      }
      underWay++;
      for await (const _ of started.value) if (stopped) break;
      underWay--;
    }
  };
  // The first answer tells the browser who it is.
  const all = timesOf(model, visitor).then(() => Promise.all(Array.from({ length: 30 }, work)));
  return {
    underWay: () => underWay,
    stop: async () => {
      stopped = true;
      await all;
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'seedbed-fair-'));
const server = await startSite(port, { DATA_DIR: folder });
for (const model of models) {
  await timesOf(model); // to warm up
  const alone = [await timesOf(model), await timesOf(model), await timesOf(model)];
  const other = occupy(model);
  while (other.underWay() < 15) await wait(50);
  await wait(2000);
  const beside: { first: number; all: number; among: number }[] = [];
  for (let time = 0; time < 3; time++) beside.push({ among: other.underWay(), ...(await timesOf(model)) });
  const of = (times: { first: number; all: number }[], what: 'first' | 'all') =>
    median(times.map((each) => each[what]));
  console.log(
    `${model}: five runs take ${Math.round(of(alone, 'all'))} ms alone and ${Math.round(of(beside, 'all'))} ms beside ${median(beside.map(({ among }) => among))} experiments of another visitor (${(of(beside, 'all') / of(alone, 'all')).toFixed(1)} ×, at worst ${Math.round(Math.max(...beside.map(({ all }) => all)))} ms); first text after ${Math.round(of(alone, 'first'))} and ${Math.round(of(beside, 'first'))} ms`,
  );
  await other.stop();
}
await kill(server);
rmSync(folder, { recursive: true });
