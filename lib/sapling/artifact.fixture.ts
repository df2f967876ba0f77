import { existsSync, readFileSync } from 'node:fs';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Config } from './artifact';

/** A few merges, so that texts of a small model have pieces of more than a byte. */
const merges = ['32 116', '104 101', '261 262', '32 97', '110 100', '264 265', '105 110', '267 103'];

/** Small, but with several heads, layers and blocks. */
export const smallConfig: Config = {
  ...{ vocabulary: 272, context: 96, width: 32, layers: 2, heads: 2, hidden: 40 },
  ...{ rotary_base: 10_000, epsilon: 1e-5 },
};

/**
 * An artifact whose weights are random, by a seed, laid out as training/export.py does. `loudness` makes its choices more
 * or less certain.
 */
export function makeArtifact(config: Config = smallConfig, seed = 18, loudness = 3): Uint8Array {
  const { vocabulary, width, layers, hidden } = config;
  const generator = xoroshiro128plus(seed);
  const tensors: object[] = [];
  const parts: Uint8Array[] = [];
  let end = 0;
  const add = (bytes: Uint8Array): number => {
    const at = Math.ceil(end / 64) * 64;
    parts.push(new Uint8Array(at - end), bytes);
    end = at + bytes.length;
    return at;
  };
  const floats = (numbers: number[]) => add(new Uint8Array(Float32Array.from(numbers).buffer));
  const random = () => uniformFloat64(generator) - 0.5;
  const vector = (name: string) =>
    tensors.push({
      name,
      shape: [width],
      type: 'float32',
      at: floats(Array.from({ length: width }, () => 1 + random())),
    });
  const matrix = (name: string, rows: number, inner: number, scale: number) => {
    const at = add(Uint8Array.from({ length: rows * inner }, () => Math.round(random() * 254)));
    const scales = floats(Array.from({ length: rows }, () => (scale * (1 + random())) / 127));
    tensors.push({ name, shape: [rows, inner], type: 'int8', at, scales });
  };
  matrix('embedding.weight', vocabulary, width, (loudness * 2) / Math.sqrt(width));
  for (let layer = 0; layer < layers; layer++) {
    const block = `blocks.${layer}`;
    vector(`${block}.attention_norm.weight`);
    matrix(`${block}.queries_keys_values.weight`, 3 * width, width, 4 / Math.sqrt(width));
    matrix(`${block}.attention_out.weight`, width, width, 2 / Math.sqrt(width));
    vector(`${block}.feed_norm.weight`);
    matrix(`${block}.gate_up.weight`, 2 * hidden, width, 2 / Math.sqrt(width));
    matrix(`${block}.down.weight`, width, hidden, 2 / Math.sqrt(hidden));
  }
  vector('norm.weight');
  const body = new Uint8Array(end);
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  const card = { name: 'random', steps: 0, tokens: 0, loss: {} };
  const sha = bytesToHex(sha256(body));
  return joinParts({ card, config, tokenizer: { merges }, tensors, sha256: sha }, body);
}

/** A header and a body as one file. */
export function joinParts(header: object, body: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = Math.ceil((12 + text.length) / 64) * 64 - 12;
  const file = new Uint8Array(12 + length + body.length).fill(0x20);
  file.set(new TextEncoder().encode('SAPLING1'));
  new DataView(file.buffer).setUint32(8, length, true);
  file.set(text, 12);
  file.set(body, 12 + length);
  return file;
}

const shipped = new URL('sapling-1.bin', import.meta.url);

/** The artifact that ships, where it is there. */
export const shippedArtifact = (): Uint8Array | null => (existsSync(shipped) ? readFileSync(shipped) : null);
