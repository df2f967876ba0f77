import { existsSync, readFileSync } from 'node:fs';
import { cpuUsage } from 'node:process';
import { float32 } from '@/lib/sapling/arithmetic';
import { readArtifact } from '@/lib/sapling/artifact';
import { makeArtifact } from '@/lib/sapling/artifact.fixture';
import { Batch } from '@/lib/sapling/batch';
import { promptOf } from '@/lib/sapling/chat';
import { Sapling } from '@/lib/sapling/sapling';

/* How fast Sapling writes, by how many texts it writes at once: tokens in a second of this process's own CPU time. */

const file = process.env.SAPLING ?? 'lib/sapling/sapling-1.bin';
/** Weights of the same sizes do for the matrix; the sampler is quicker with weights that have learned. */
const sizes = { vocabulary: 4096, context: 512, width: 256, layers: 6, heads: 8, hidden: 704 };
const bytes = existsSync(file) ? readFileSync(file) : makeArtifact({ ...sizes, rotary_base: 10_000, epsilon: 1e-5 });

const before = performance.now();
const artifact = readArtifact(bytes);
const sapling = new Sapling(artifact);
console.log(`${file}: ready in ${(performance.now() - before).toFixed(0)} ms`);
const asked = (content: string) => {
  const prompt = promptOf(sapling.tokenizer, [{ role: 'user', content }], artifact.config.context);
  if (!prompt.ok) throw new Error('The prompt is too long.');
  return prompt.value;
};
const prompts = ['Write a haiku about spring.', 'Tell me a joke', 'Tell me a story about a fox.', 'What is 7 times 8?'];
/** Texts never end by themselves, so that all are of one length. */
const bias = new Map([[256, -100]]);

/** Writes texts of 60 tokens, so many at once, each read by a token in turn. */
function write(columns: number, texts: number, temperature: number): { tokens: number; cpuMs: number; ms: number } {
  const batch = new Batch(sapling);
  const [began, cpu] = [performance.now(), cpuUsage()];
  let [seed, tokens] = [0, 0];
  const writings = new Set<ReturnType<typeof batch.write>>();
  while (seed < texts || writings.size > 0) {
    for (; seed < texts && writings.size < columns; seed++) {
      const prompt = asked(prompts[seed % prompts.length] ?? '');
      const options = { seed, temperature, top_p: 1, maxTokens: 60, stop: [], bias };
      writings.add(batch.write({ prompt, options, arithmetic: float32 }));
    }
    for (const writing of writings) {
      if (writing.next().done) writings.delete(writing);
      else tokens++;
    }
  }
  const { user, system } = cpuUsage(cpu);
  return { tokens, cpuMs: (user + system) / 1000, ms: performance.now() - began };
}

write(8, 16, 1);
console.table(
  [
    [1, 1],
    [8, 1],
    [20, 1],
    [32, 1],
    [64, 1],
    [20, 0],
    [20, 0.7],
  ].map(([columns = 1, temperature = 1]) => {
    const { tokens, cpuMs, ms } = write(columns, Math.max(columns * 2, 8), temperature);
    const perCpuSecond = Math.round((1000 * tokens) / cpuMs);
    const perSecond = Math.round((1000 * tokens) / ms);
    return { columns, temperature, perCpuSecond, perSecond, megabytes: Math.round(sapling.network.bytes / 1e6) };
  }),
);
