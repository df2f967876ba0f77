import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { GeneratedToken } from '@/lib/seedling/writing';
import { type Arithmetic, bfloat16, float16, float32, splitSums } from './arithmetic';
import { readArtifact } from './artifact';
import { Batch, type Order, toOrder } from './batch';
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

/** The requests as orders; all in one arithmetic, if one is given. */
export const goldenOrders = (sapling: Sapling, way?: Arithmetic): Order[] =>
  requests.map(({ seed, arithmetic, request }) => {
    const order = toOrder(sapling, request, { seed, choice: 0, arithmetic: way ?? arithmetic });
    if (!order.ok) throw new Error('A request is too long.');
    return order.value;
  });

/** What comes of a request: its text and tokens, and a hash of the scores after each token of its prompt and its text. */
export type Outcome = { text: string; tokens: string; bits: string };

export const outcomeOf = (
  written: readonly Pick<GeneratedToken, 'id' | 'token'>[],
  scores: Iterable<Float32Array>,
): Outcome => {
  const hash = sha256.create();
  for (const each of scores) hash.update(new Uint8Array(each.buffer, each.byteOffset, each.byteLength));
  return {
    text: written.map(({ token }) => token).join(''),
    tokens: written.map(({ id }) => id).join(' '),
    bits: bytesToHex(hash.digest()).slice(0, 16),
  };
};

/** Writes all of them together. */
export function runGolden(file: Uint8Array, way?: Arithmetic): Outcome[] {
  const sapling = new Sapling(readArtifact(file));
  const batch = new Batch(sapling);
  const texts = goldenOrders(sapling, way).map((order) => ({
    order,
    writing: batch.write(order),
    written: Array.of<GeneratedToken>(),
  }));
  for (let turn = 0; turn < 31; turn++)
    for (const { writing, written } of texts) {
      const step = writing.next();
      if (!step.done) written.push(step.value);
    }
  return texts.map(({ order, written }) => {
    const cache = sapling.network.newCache();
    const tokens = [...order.prompt.asked, ...written.map(({ id }) => id)];
    const scores = sapling.network.read(
      tokens.map((token) => ({ cache, token, scored: true })),
      order.arithmetic,
    );
    cache.release();
    return outcomeOf(written, scores);
  });
}
