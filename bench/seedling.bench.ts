import { cpuUsage } from 'node:process';
import { it } from 'vitest';
import { readArtifact, writeArtifact } from '@/lib/seedling/artifact';
import { trainOnCorpus } from '@/lib/seedling/corpus.fixture';
import { generate } from '@/lib/seedling/generate';
import { type Conditioned, condition } from '@/lib/seedling/model';

const counts = trainOnCorpus();
const prompts = ['Write a haiku about spring.', 'Tell me a joke', 'Once upon a time', 'Explain what a seed is'];

function writeTexts(conditioned: Conditioned, temperature: number, top_p: number): number {
  let tokens = 0;
  for (let seed = 0; seed < 100; seed++)
    for (const _ of generate(conditioned, { seed, temperature, top_p, maxTokens: 60, stop: [] })) tokens++;
  return tokens;
}

/** Work done in a second of this process's own CPU time, so that other work on the machine does not count. */
function perCpuSecond(work: () => number): number {
  work(); // once to warm up
  const before = cpuUsage();
  const done = work();
  const { user, system } = cpuUsage(before);
  return Math.round(done / ((user + system) / 1e6));
}

it('writes tokens', () => {
  const settings = [
    [1, 1],
    [0.5, 1],
    [1.5, 1],
    [1, 0.7],
  ] as const;
  const rates = settings.map(([temperature, top_p]) => ({
    temperature,
    top_p,
    // Each time a fresh prompt: what is worked out for it counts too.
    tokensPerCpuSecond: perCpuSecond(() =>
      prompts.reduce((sum, prompt) => sum + writeTexts(condition(counts, prompt), temperature, top_p), 0),
    ),
  }));
  console.table(rates);
});

it('loads', () => {
  const bytes = writeArtifact(counts).buffer;
  const before = performance.now();
  readArtifact(bytes);
  console.log(`artifact: ${bytes.byteLength} bytes, read in ${(performance.now() - before).toFixed(1)} ms`);
});
