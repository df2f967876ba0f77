import type { Arithmetic } from './arithmetic';
import type { Artifact, Matrix } from './artifact';
import { anglesOf } from './rotary';

/*
 * Sapling once more, as plainly as can be: arrays of numbers, one text, no cache, no blocks, and every result rounded to
 * float32 by itself. It is what the kernel is held to, bit for bit. With the weights that ship it reads some
 * 70 tokens a second.
 */

const f = Math.fround;
type Numbers = readonly number[];

/** Terms from first to last, or in parts that are added up likewise. */
export function dot(a: Numbers, b: Numbers, parts = 1): number {
  let total = 0;
  for (let part = 0; part < parts; part++) {
    let sum = 0;
    const end = Math.floor((a.length * (part + 1)) / parts);
    for (let at = Math.floor((a.length * part) / parts); at < end; at++) sum = f(sum + f((a[at] ?? 0) * (b[at] ?? 0)));
    total = part === 0 ? sum : f(total + sum);
  }
  return total;
}

/** A matrix by its columns. */
type Columns = { rows: number; columns: Float32Array[] };

/**
 * The products of all rows of a matrix and `x`. Each is the sum that `dot` makes, term by term in the same order; it is twice
 * as fast to give all of them their next term before the first gets one more. A Float32Array rounds what is put into it.
 */
function times(matrix: Columns, x: Numbers, parts: number): Float32Array {
  const bound = (part: number) => Math.floor((x.length * part) / parts);
  const totals = sumTerms(matrix, x, 0, bound(1));
  for (let part = 1; part < parts; part++) {
    const sums = sumTerms(matrix, x, bound(part), bound(part + 1));
    for (let row = 0; row < matrix.rows; row++) totals[row] = (totals[row] ?? 0) + (sums[row] ?? 0);
  }
  return totals;
}

function sumTerms({ rows, columns }: Columns, x: Numbers, from: number, to: number): Float32Array {
  const sums = new Float32Array(rows);
  for (let at = from; at < to; at++) {
    const [column, value] = [columns[at] ?? sums, x[at] ?? 0];
    for (let row = 0; row < rows; row++) sums[row] = (sums[row] ?? 0) + f((column[row] ?? 0) * value);
  }
  return sums;
}

export function normalize(x: Numbers, weight: Numbers, epsilon: number): number[] {
  const mean = f(dot(x, x) / x.length);
  const scale = f(1 / f(Math.sqrt(f(mean + f(epsilon)))));
  return x.map((value, at) => f(f(value * scale) * (weight[at] ?? 0)));
}

export function rotate(head: Numbers, cosines: Numbers, sines: Numbers): number[] {
  const half = head.length / 2;
  return head.map((value, at) => {
    const pair = at % half;
    const other = head[(at + half) % head.length] ?? 0;
    const [turned, across] = [f(value * (cosines[pair] ?? 0)), f(other * (sines[pair] ?? 0))];
    return at < half ? f(turned - across) : f(turned + across);
  });
}

/** Cephes' expf. */
export function exp(value: number): number {
  const x = Math.min(Math.max(value, -87), 88);
  const n = roundToEven(f(x * f(Math.LOG2E)));
  const r = f(f(x - f(n * f(0.693359375))) - f(n * f(-2.1219444e-4)));
  const terms = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];
  const y = terms.reduce((sum, term, at) => (at === 0 ? f(term) : f(f(sum * r) + f(term))), 0);
  return f(f(f(f(y * f(r * r)) + r) + 1) * 2 ** n);
}

function roundToEven(x: number): number {
  const rounded = Math.round(x);
  return rounded - x === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

export function softmax(x: Numbers): number[] {
  const most = Math.max(...x);
  const powers = x.map((value) => exp(f(value - most)));
  const sum = powers.reduce((total, value) => f(total + value), 0);
  return powers.map((value) => f(value / sum));
}

export const gate = (gates: Numbers, ups: Numbers): number[] =>
  gates.map((g, at) => f(f(g / f(1 + exp(-g))) * (ups[at] ?? 0)));

const word = new DataView(new ArrayBuffer(4));

/** Rounding by the definition: the nearer of the two neighbours, and in the middle the one whose last bit is 0. */
export function roundToBfloat16(x: number): number {
  word.setFloat32(0, x);
  const bits = word.getUint32(0);
  const rest = bits % 0x10000;
  const below = bits - rest;
  const up = rest > 0x8000 || (rest === 0x8000 && (below / 0x10000) % 2 === 1);
  word.setUint32(0, up ? below + 0x10000 : below);
  return word.getFloat32(0);
}

function rounding({ format }: Arithmetic): (x: number) => number {
  if (format === 'bfloat16') return roundToBfloat16;
  return format === 'float16' ? Math.f16round : (x) => x;
}

/** What the twin makes of a text: the scores after each token, and the weights of attention: [layer][head][place][place looked at]. */
type Read = { scores: number[][]; attention: number[][][][] };

/** A model's twin, ready to read texts. */
export function twinOf(artifact: Artifact): (tokens: Numbers, arithmetic: Arithmetic) => Read {
  const matrices = new Map<string, Columns>();
  const matrix = (name: string): Columns => {
    const columns = matrices.get(name) ?? columnsOf(artifact.matrix(`${name}.weight`));
    matrices.set(name, columns);
    return columns;
  };
  return (tokens, arithmetic) => readText(artifact, matrix, tokens, arithmetic);
}

function readText(
  artifact: Artifact,
  matrix: (name: string) => Columns,
  tokens: Numbers,
  arithmetic: Arithmetic,
): Read {
  const { width, heads, layers, epsilon } = artifact.config;
  const size = width / heads;
  const round = rounding(arithmetic);
  const vector = (name: string) => [...artifact.vector(`${name}.weight`)];
  const product = (by: Columns, x: Numbers) => Array.from(times(by, x, arithmetic.parts), round);
  const norm = (x: Numbers, weight: Numbers) => normalize(x, weight, epsilon).map(round);
  const plus = (a: Numbers, b: Numbers) => a.map((value, at) => round(f(value + (b[at] ?? 0))));
  const headOf = (x: Numbers, from: number, head: number) => x.slice(from + head * size, from + (head + 1) * size);
  const angles = anglesOf(artifact.config);
  const turned = (x: Numbers, place: number) => {
    const at = (place * size) / 2;
    const [cosines, sines] = [angles.cosines, angles.sines].map((all) => [...all.subarray(at, at + size / 2)]);
    return rotate(x, cosines ?? [], sines ?? []).map(round);
  };
  const scale = f(1 / f(Math.sqrt(size)));
  const embedding = matrix('embedding');
  const attention: number[][][][] = [];
  let stream = tokens.map((token) => embedding.columns.map((column) => round(column[token] ?? 0)));
  for (let layer = 0; layer < layers; layer++) {
    const block = `blocks.${layer}`;
    const [project, out] = [matrix(`${block}.queries_keys_values`), matrix(`${block}.attention_out`)];
    const [gateUp, down] = [matrix(`${block}.gate_up`), matrix(`${block}.down`)];
    const before = vector(`${block}.attention_norm`);
    const projected = stream.map((x) => product(project, norm(x, before)));
    const byHead = Array.from({ length: heads }, (_, head) => {
      const queries = projected.map((x, place) => turned(headOf(x, 0, head), place));
      const keys = projected.map((x, place) => turned(headOf(x, width, head), place));
      const values = projected.map((x) => headOf(x, 2 * width, head));
      const weights = queries.map((query, place) =>
        softmax(keys.slice(0, place + 1).map((key) => f(dot(query, key) * scale))),
      );
      const seen = weights.map((each) =>
        Array.from({ length: size }, (_, number) =>
          round(
            dot(
              each,
              values.map((value) => value[number] ?? 0),
            ),
          ),
        ),
      );
      return { weights, seen };
    });
    attention.push(byHead.map(({ weights }) => weights));
    stream = stream.map((x, place) =>
      plus(
        x,
        product(
          out,
          byHead.flatMap(({ seen }) => seen[place] ?? []),
        ),
      ),
    );
    const feedNorm = vector(`${block}.feed_norm`);
    stream = stream.map((x) => {
      const both = product(gateUp, norm(x, feedNorm));
      const gated = gate(both.slice(0, both.length / 2), both.slice(both.length / 2)).map(round);
      return plus(x, product(down, gated));
    });
  }
  const last = vector('norm');
  return { scores: stream.map((x) => product(embedding, norm(x, last))), attention };
}

const columnsOf = ({ rows, inner, steps, scales }: Matrix): Columns => ({
  rows,
  columns: Array.from({ length: inner }, (_, column) =>
    Float32Array.from({ length: rows }, (_, row) => (steps[row * inner + column] ?? 0) * (scales[row] ?? 0)),
  ),
});
