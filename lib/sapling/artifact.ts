import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import * as v from 'valibot';
import { blockRows } from './kernel';
import { Tokenizer } from './tokenizer';

const size = v.pipe(v.number(), v.integer(), v.minValue(1));
const offset = v.pipe(v.number(), v.integer(), v.minValue(0));

const configShape = v.object({
  vocabulary: size,
  context: size,
  width: size,
  layers: size,
  heads: size,
  hidden: size,
  rotary_base: v.number(),
  epsilon: v.number(),
});

const tensorShape = v.variant('type', [
  v.object({ type: v.literal('int8'), name: v.string(), shape: v.tuple([size, size]), at: offset, scales: offset }),
  v.object({ type: v.literal('float32'), name: v.string(), shape: v.tuple([size]), at: offset }),
]);

const headerShape = v.object({
  card: v.object({ name: v.string(), steps: v.number(), tokens: v.number(), loss: v.record(v.string(), v.number()) }),
  config: configShape,
  tokenizer: v.object({ merges: v.array(v.string()) }),
  tensors: v.array(tensorShape),
  sha256: v.string(),
});

/** The sizes of a model, under the names that training gives them. */
export type Config = v.InferOutput<typeof configShape>;
export type Card = v.InferOutput<typeof headerShape>['card'];

/** A matrix in steps of a scale that each row has for itself: a number is its step × its row's scale, in float32. */
export type Matrix = { rows: number; inner: number; steps: Int8Array; scales: Float32Array };

/** A trained model as it is shipped. `hash` is the SHA-256 of its weights. */
export type Artifact = {
  card: Card;
  config: Config;
  tokenizer: Tokenizer;
  hash: string;
  matrix: (name: string) => Matrix;
  vector: (name: string) => Float32Array;
};

const magic = 'SAPLING1';
const headerAt = magic.length + 4;

/** The header of an artifact, and where its body begins. Throws if it is none. */
function readHeader(file: Uint8Array): { header: v.InferOutput<typeof headerShape>; end: number } {
  const text = (from: number, to: number) => new TextDecoder().decode(file.subarray(from, to));
  if (text(0, magic.length) !== magic) throw new Error('Not an artifact of Sapling.');
  const end = headerAt + new DataView(file.buffer, file.byteOffset).getUint32(magic.length, true);
  return { header: v.parse(headerShape, JSON.parse(text(headerAt, end))), end };
}

/** The hash that an artifact says its weights have. To find out whether they do takes a moment: `readArtifact` does. */
export const statedHash = (file: Uint8Array): string => readHeader(file).header.sha256;

/**
 * Reads an artifact; training/export.py says how it is laid out. Throws if it is none, is damaged, or has sizes that the
 * kernel cannot take: an artifact is part of the program.
 */
export function readArtifact(file: Uint8Array): Artifact {
  // Numbers begin where arrays of them can, if need be in a copy.
  const bytes = file.byteOffset % Float32Array.BYTES_PER_ELEMENT === 0 ? file : new Uint8Array(file);
  const { header, end } = readHeader(bytes);
  const body = bytes.subarray(end);
  if (bytesToHex(sha256(body)) !== header.sha256) throw new Error('The artifact is damaged: its hash is another.');
  const { config, tensors } = header;
  checkSizes(config);
  const tokenizer = Tokenizer.read(header.tokenizer.merges);
  if (tokenizer.pieces.length > config.vocabulary) throw new Error('The artifact has more pieces than its vocabulary.');
  const named = new Map(tensors.map((tensor) => [tensor.name, tensor]));
  const floats = (at: number, count: number) => new Float32Array(body.buffer, body.byteOffset + at, count);
  return {
    card: header.card,
    config,
    tokenizer,
    hash: header.sha256,
    matrix: (name) => {
      const tensor = named.get(name);
      if (tensor?.type !== 'int8') throw new Error(`The artifact has no matrix ${name}.`);
      const [rows, inner] = tensor.shape;
      const steps = new Int8Array(body.buffer, body.byteOffset + tensor.at, rows * inner);
      return { rows, inner, steps, scales: floats(tensor.scales, rows) };
    },
    vector: (name) => {
      const tensor = named.get(name);
      if (tensor?.type !== 'float32') throw new Error(`The artifact has no vector ${name}.`);
      return floats(tensor.at, tensor.shape[0]);
    },
  };
}

/** The kernel works out eight rows, and sixteen numbers of a head, at once. */
function checkSizes({ vocabulary, width, heads, hidden }: Config): void {
  const whole = [vocabulary / blockRows, width / blockRows, hidden / blockRows, width / heads / 16];
  if (!whole.every(Number.isInteger))
    throw new Error('The vocabulary, the width and the hidden width must be multiples of 8, and a head of 16.');
}
