import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { float32 } from '@/lib/sapling/arithmetic';
import { readArtifact } from '@/lib/sapling/artifact';
import { Batch } from '@/lib/sapling/batch';
import { promptOf } from '@/lib/sapling/chat';
import { Sapling } from '@/lib/sapling/sapling';
import { idOf } from '@/lib/sapling/tokenizer';
import { round } from './clock';

/*
 * How fast Sapling writes, by how many texts it writes at once, and how long two workers take for a thousand texts of 60
 * tokens. Times of this process's own CPU do not count other work on the machine.
 */

const sapling = new Sapling(readArtifact(readFileSync('lib/sapling/sapling-1.bin')));
const prompts = ['Write a haiku about spring.', 'Tell me a joke', 'Tell me a story about a fox.', 'What is 7 times 8?'];
/** No text ends by itself, so that all are of one length. */
const bias = new Map([[idOf('<|end|>'), -100]]);

function asked(content: string) {
  const prompt = promptOf(sapling.tokenizer, [{ role: 'user', content }], sapling.network.config.context);
  if (!prompt.ok) throw new Error('The prompt is too long.');
  return prompt.value;
}

/** Writes so many texts of 60 tokens, so many at once, each read by a token in turn; gives the number of tokens. */
function write(texts: number, columns: number, temperature: number, firstSeed = 0): number {
  const batch = new Batch(sapling);
  const writings = new Set<ReturnType<typeof batch.write>>();
  let tokens = 0;
  for (let begun = 0; begun < texts || writings.size > 0; ) {
    for (; begun < texts && writings.size < columns; begun++) {
      const options = { seed: firstSeed + begun, temperature, top_p: 1, maxTokens: 60, stop: [], bias };
      const prompt = asked(prompts[begun % prompts.length] ?? '');
      writings.add(batch.write({ prompt, options, arithmetic: float32 }));
    }
    for (const writing of writings) {
      if (writing.next().done) writings.delete(writing);
      else tokens++;
    }
  }
  return tokens;
}

const perCpuSecond = (work: () => number): number => {
  const before = cpuUsage();
  const done = work();
  const { user, system } = cpuUsage(before);
  return (1e6 * done) / (user + system);
};

async function inTwoWorkers(): Promise<void> {
  const [before, cpu] = [performance.now(), cpuUsage()];
  const workers = [0, 500].map(
    (firstSeed) => new Worker(fileURLToPath(import.meta.url), { workerData: { firstSeed } }),
  );
  const megabytes = await Promise.all(workers.map(async (worker) => Number(await once(worker, 'message'))));
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = cpuUsage(cpu);
  const each = round((user + system) / 2e6);
  console.log(`1,000 texts of 60 tokens in two workers: ${round(seconds)} s, ${each} s of CPU each,`);
  console.log(`${megabytes.join(' and ')} MB for weights, working space and caches`);
}

if (isMainThread) {
  write(16, 8, 1);
  const alone = perCpuSecond(() => write(8, 1, 1));
  console.table(
    [
      [1, 1],
      [8, 1],
      [20, 1],
      [64, 1],
      [20, 0.7],
      [20, 0],
    ].map(([columns = 1, temperature = 1]) => {
      const speed = perCpuSecond(() => write(Math.max(2 * columns, 8), columns, temperature));
      const megabytes = Math.round(sapling.network.bytes / 1e6);
      return { columns, temperature, tokensPerCpuSecond: Math.round(speed), timesOne: round(speed / alone), megabytes };
    }),
  );
  await inTwoWorkers();
} else {
  const { firstSeed }: { firstSeed: number } = workerData;
  write(500, 20, 1, firstSeed);
  parentPort?.postMessage(Math.round(sapling.network.bytes / 1e6));
}
