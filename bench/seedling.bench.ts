import { cpuUsage } from 'node:process';
import { readArtifact, writeArtifact } from '@/lib/seedling/artifact';
import { generate } from '@/lib/seedling/generate';
import { type ConditionedModel, condition } from '@/lib/seedling/model';
import { loadSeedling } from '../lib/server/load-seedling';

const { counts } = loadSeedling();
const prompts = ['Write a haiku about spring.', 'Tell me a joke', 'Once upon a time', 'Explain what a seed is'];

function writeTexts(conditioned: ConditionedModel, temperature: number, top_p: number): number {
  let tokens = 0;
  for (let seed = 0; seed < 100; seed++)
    for (const _ of generate(conditioned, { seed, temperature, top_p, maxTokens: 60, stop: [] })) tokens++;
  return tokens;
}

/** Work done in a second of this process's own CPU time, so that other work on the machine does not count. */
function perCpuSecond(work: () => number): number {
  const before = cpuUsage();
  const done = work();
  const { user, system } = cpuUsage(before);
  return Math.round(done / ((user + system) / 1e6));
}

/** The median of five, after one to warm up. */
function medianOf(measure: () => number): number {
  measure();
  return Array.from({ length: 5 }, measure).sort((a, b) => a - b)[2] ?? 0;
}

const settings = [
  [1, 1],
  [0.5, 1],
  [1.5, 1],
  [1, 0.7],
] as const;
console.table(
  settings.map(([temperature, top_p]) => ({
    temperature,
    top_p,
    // Each time fresh prompts: what is worked out for them counts too.
    tokensPerCpuSecond: medianOf(() =>
      perCpuSecond(() =>
        prompts.reduce((sum, prompt) => sum + writeTexts(condition(counts, prompt), temperature, top_p), 0),
      ),
    ),
  })),
);

const bytes = writeArtifact(counts).buffer;
const readMs = medianOf(() => {
  const before = performance.now();
  readArtifact(bytes);
  return performance.now() - before;
});
console.log(`artifact: ${bytes.byteLength} bytes, read in ${readMs.toFixed(1)} ms`);
