import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { bfloat16, float16, float32, splitSums } from './arithmetic';
import { readArtifact } from './artifact';
import { Batch, toOrder } from './batch';
import { Sapling } from './sapling';

/* Fifty requests, and what comes of them to the last bit: run in Node and in a browser, it must be the same. */

const prompts = [
  'Write a haiku about spring.',
  'What is 7 times 8?',
  'Hi',
  'Tell me a story about a fox.',
  'Pick a number.',
];
const settings = [
  { temperature: 1 },
  { temperature: 0 },
  { temperature: 0.7, top_p: 0.9 },
  { temperature: 1.5, frequency_penalty: 0.5, logit_bias: { 65: 2 } },
  { temperature: 2, presence_penalty: 1 },
];
const ways = [float32, bfloat16, float16, splitSums(1), splitSums(4)];

const requests = Array.from({ length: 50 }, (_, number) => ({
  seed: number * 1_000_003,
  arithmetic: ways[number % 5] ?? float32,
  request: {
    messages: [{ role: 'user', content: prompts[Math.floor(number / 5) % 5] ?? '' }],
    max_tokens: 30,
    ...settings[Math.floor(number / 10)],
  },
}));

/** Of each request: the text, and the SHA-256 of all scores that its tokens were drawn from. */
export function runGolden(file: Uint8Array): { text: string; bits: string }[] {
  const sapling = new Sapling(readArtifact(file));
  const batch = new Batch(sapling);
  const texts = requests.map(({ seed, arithmetic, request }) => {
    const order = toOrder(sapling, request, { seed, choice: 0, arithmetic });
    if (!order.ok) throw new Error('A request is too long.');
    return { order: order.value, writing: batch.write(order.value), ids: Array.of<number>(), text: '' };
  });
  for (let turn = 0; turn < 31; turn++)
    for (const each of texts) {
      const step = each.writing.next();
      if (step.done) continue;
      each.ids.push(step.value.id);
      each.text += step.value.token;
    }
  return texts.map(({ order, ids, text }) => {
    const cache = sapling.network.newCache();
    const readings = [...order.prompt.asked, ...ids].map((token) => ({ cache, token, scored: true }));
    const hash = sha256.create();
    for (const scores of sapling.network.read(readings, order.arithmetic)) hash.update(new Uint8Array(scores.buffer));
    cache.release();
    return { text, bits: bytesToHex(hash.digest()).slice(0, 16) };
  });
}
