import { defined } from '@/lib/defined';
import type { Arithmetic } from './arithmetic';
import type { Artifact, Config } from './artifact';
import { Cache, Pages } from './cache';
import { type Address, type Kernel, loadKernel, packedAt, packRows, pagePlaces } from './kernel';
import { Memory } from './memory';
import { anglesOf } from './rotary';

/** One token to read: of which text, and whether the scores of what may follow it are wanted. */
export type Reading = { cache: Cache; token: number; scored: boolean };

/** Shows what is not kept otherwise of the last token of a pass: the stream after a layer, and what each head looked at. */
export type Watch = (layer: number, seen: { stream: Float32Array; attention: Float32Array[] }) => void;

type Layer = {
  attentionNorm: Address;
  queriesKeysValues: Address;
  attentionOut: Address;
  feedNorm: Address;
  gateUp: Address;
  down: Address;
};

/** As many tokens are read in one pass; for each, the results of one step of a layer are kept. */
const maxColumns = 64;

/**
 * The transformer of training/model.py with its weights: pre-norm, rotary positions, SwiGLU, embeddings that are also the
 * output matrix. It reads tokens of many texts in one pass, so that weights are fetched once for all of them.
 */
export class Network {
  readonly config: Config;
  readonly pages: Pages;
  readonly #memory = new Memory();
  readonly #kernel: Kernel;
  readonly #embedding: Address;
  readonly #norm: Address;
  readonly #layers: Layer[];
  readonly #cosines: Address;
  readonly #sines: Address;
  readonly #columns: ReturnType<typeof makeColumns>;

  constructor(artifact: Artifact) {
    const { config } = artifact;
    this.config = config;
    this.#kernel = loadKernel(this.#memory.wasm);
    const vector = (name: string) => this.#place(artifact.vector(`${name}.weight`));
    const matrix = (name: string) => this.#pack(artifact, `${name}.weight`);
    this.#embedding = matrix('embedding');
    this.#norm = vector('norm');
    this.#layers = Array.from({ length: config.layers }, (_, layer) => ({
      attentionNorm: vector(`blocks.${layer}.attention_norm`),
      queriesKeysValues: matrix(`blocks.${layer}.queries_keys_values`),
      attentionOut: matrix(`blocks.${layer}.attention_out`),
      feedNorm: vector(`blocks.${layer}.feed_norm`),
      gateUp: matrix(`blocks.${layer}.gate_up`),
      down: matrix(`blocks.${layer}.down`),
    }));
    const { cosines, sines } = anglesOf(config);
    this.#cosines = this.#place(cosines);
    this.#sines = this.#place(sines);
    this.#columns = makeColumns(this.#memory, config);
    this.pages = new Pages(this.#memory, 2 * config.width * config.layers, config.context);
  }

  /** Bytes of memory in use: weights, working space, and the pages of caches. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  newCache(): Cache {
    return new Cache(this.pages);
  }

  /**
   * Reads tokens, each as the next one of its text, and gives the scores (logits) of what may follow those that are scored. A
   * token's scores are the same to the last bit whatever else is read with it. Several tokens of one text are read in
   * their order.
   */
  read(readings: readonly Reading[], arithmetic: Arithmetic, watch?: Watch): Float32Array[] {
    const scores: Float32Array[] = [];
    for (let at = 0; at < readings.length; at += maxColumns) {
      const last = at + maxColumns >= readings.length;
      scores.push(...this.#pass(readings.slice(at, at + maxColumns), arithmetic, last ? watch : undefined));
    }
    return scores;
  }

  /** The scores that the output matrix makes of streams as a `Watch` shows them: what would be written after each layer. */
  score(streams: readonly Float32Array[], arithmetic: Arithmetic): Float32Array[] {
    const { width } = this.config;
    for (const [at, stream] of streams.entries())
      this.#memory.floats(this.#columns.stream, maxColumns * width).set(stream, at * width);
    return this.#score(
      streams.map((_, at) => at),
      arithmetic,
    );
  }

  #pass(readings: readonly Reading[], arithmetic: Arithmetic, watch?: Watch): Float32Array[] {
    const { width } = this.config;
    const { stream, pages } = this.#columns;
    const places = readings.map(({ cache }) => cache.next());
    const inPages = this.#memory.words(pages, maxColumns * this.#pagesOfText);
    for (const [column, { cache, token }] of readings.entries()) {
      inPages.set(cache.pages, column * this.#pagesOfText);
      this.#embed(token, stream + column * width * 4);
    }
    this.#store(stream, readings.length * width, arithmetic);
    for (const [number, layer] of this.#layers.entries()) {
      this.#attend(number, layer, places, arithmetic);
      this.#feed(layer, places.length, arithmetic);
      watch?.(number, this.#seen(places));
    }
    return this.#score(
      readings.flatMap(({ scored }, column) => (scored ? [column] : [])),
      arithmetic,
    );
  }

  /** The half of a layer in which a token looks at those before it. */
  #attend(number: number, layer: Layer, places: readonly number[], arithmetic: Arithmetic): void {
    const { width, heads } = this.config;
    const { stream, normed, projected, seen, weights, pages } = this.#columns;
    const kernel = this.#kernel;
    const size = width / heads;
    const offset = number * 2 * width * pagePlaces * 4;
    this.#normalize(normed, stream, layer.attentionNorm, places.length, arithmetic);
    this.#multiply(projected, normed, layer.queriesKeysValues, 3 * width, width, places.length, arithmetic);
    for (const [column, place] of places.entries()) {
      const angles = place * size * 2;
      // Queries and keys lie side by side, so both are turned at once.
      kernel.rotate(projected + column * 12 * width, this.#cosines + angles, this.#sines + angles, 2 * heads, size);
    }
    this.#store(projected, places.length * 3 * width, arithmetic);
    const pageOf = (column: number, place: number) =>
      defined(this.#memory.words(pages + (column * this.#pagesOfText + Math.floor(place / pagePlaces)) * 4, 1)[0]);
    for (const [column, place] of places.entries()) {
      const keys = projected + column * 12 * width + 4 * width;
      kernel.keep(pageOf(column, place) + offset, place % pagePlaces, keys, keys + 4 * width, heads, size);
    }
    for (const [column, place] of places.entries()) {
      const query = projected + column * 12 * width;
      const table = pages + column * this.#pagesOfText * 4;
      const to = seen + column * 4 * width;
      kernel.attend(to, query, table, offset, place + 1, heads, size, weights, this.#weightStep);
    }
    this.#store(seen, places.length * width, arithmetic);
    this.#multiply(normed, seen, layer.attentionOut, width, width, places.length, arithmetic);
    this.#add(stream, normed, places.length * width, arithmetic);
  }

  /** The half of a layer in which each token is worked on by itself. */
  #feed(layer: Layer, columns: number, arithmetic: Arithmetic): void {
    const { width, hidden } = this.config;
    const { stream, normed, gateUp, gated } = this.#columns;
    this.#normalize(normed, stream, layer.feedNorm, columns, arithmetic);
    this.#multiply(gateUp, normed, layer.gateUp, 2 * hidden, width, columns, arithmetic);
    this.#kernel.gate(gated, gateUp, hidden, columns);
    this.#store(gated, columns * hidden, arithmetic);
    this.#multiply(normed, gated, layer.down, width, hidden, columns, arithmetic);
    this.#add(stream, normed, columns * width, arithmetic);
  }

  #score(columns: readonly number[], arithmetic: Arithmetic): Float32Array[] {
    const { width, vocabulary } = this.config;
    const { stream, normed, scores } = this.#columns;
    for (const [at, column] of columns.entries())
      this.#normalize(normed + at * width * 4, stream + column * width * 4, this.#norm, 1, arithmetic);
    this.#multiply(scores, normed, this.#embedding, vocabulary, width, columns.length, arithmetic);
    return columns.map((_, at) => this.#memory.floats(scores + at * vocabulary * 4, vocabulary).slice());
  }

  #seen(places: readonly number[]): { stream: Float32Array; attention: Float32Array[] } {
    const { width, heads } = this.config;
    const last = places.length - 1;
    return {
      stream: this.#memory.floats(this.#columns.stream + last * width * 4, width).slice(),
      // The last column's, since all of them use the same space in turn.
      attention: Array.from({ length: heads }, (_, head) =>
        this.#memory.floats(this.#columns.weights + head * this.#weightStep, defined(places[last]) + 1).slice(),
      ),
    };
  }

  #embed(token: number, to: Address): void {
    const { width, vocabulary } = this.config;
    const packed = this.#memory.floats(this.#embedding, vocabulary * width);
    const stream = this.#memory.floats(to, width);
    for (let at = 0; at < width; at++) stream[at] = packed[packedAt(width, token, at)] ?? 0;
  }

  #normalize(out: Address, x: Address, weight: Address, columns: number, arithmetic: Arithmetic): void {
    const { width, epsilon } = this.config;
    this.#kernel.normalize(out, x, weight, width, columns, epsilon);
    this.#store(out, columns * width, arithmetic);
  }

  #multiply(
    out: Address,
    x: Address,
    matrix: Address,
    rows: number,
    inner: number,
    columns: number,
    arithmetic: Arithmetic,
  ): void {
    const { parts } = arithmetic;
    for (let part = 0; part < parts; part++) {
      const [from, to] = [Math.floor((inner * part) / parts), Math.floor((inner * (part + 1)) / parts)];
      this.#kernel.multiply(out, x, matrix, rows, inner, from, to, columns, part > 0);
    }
    this.#store(out, columns * rows, arithmetic);
  }

  #add(to: Address, x: Address, count: number, arithmetic: Arithmetic): void {
    this.#kernel.add(to, x, count);
    this.#store(to, count, arithmetic);
  }

  /** Rounds results to the format that they are stored in. */
  #store(at: Address, count: number, { format }: Arithmetic): void {
    if (format === 'bfloat16') this.#kernel.roundToBfloat16(at, count);
    if (format === 'float16') this.#kernel.roundToFloat16(at, count);
  }

  get #pagesOfText(): number {
    return Math.ceil(this.config.context / pagePlaces);
  }

  /** Bytes between what two heads look at: whole pages. */
  get #weightStep(): number {
    return this.#pagesOfText * pagePlaces * 4;
  }

  #place(numbers: Float32Array): Address {
    const at = this.#memory.numbers(numbers.length);
    this.#memory.floats(at, numbers.length).set(numbers);
    return at;
  }

  #pack(artifact: Artifact, name: string): Address {
    const { rows, inner, steps, scales } = artifact.matrix(name);
    const at = this.#memory.numbers(rows * inner);
    const to = this.#memory.floats(at, rows * inner);
    packRows(to, rows, inner, (row, column) => (steps[row * inner + column] ?? 0) * (scales[row] ?? 0));
    return at;
  }
}

/** Working space for the columns of one pass. */
function makeColumns(memory: Memory, { width, hidden, vocabulary, heads, context }: Config) {
  const columns = (count: number): Address => memory.numbers(maxColumns * count);
  const pagesOfText = Math.ceil(context / pagePlaces);
  return {
    /** what the layers read and add to */
    stream: columns(width),
    normed: columns(width),
    /** queries, keys and values */
    projected: columns(3 * width),
    /** what attention brings */
    seen: columns(width),
    gateUp: columns(2 * hidden),
    gated: columns(hidden),
    scores: columns(vocabulary),
    /** what each head looks at: of one column at a time */
    weights: memory.numbers(heads * pagesOfText * pagePlaces),
    /** where the pages of each column's text are */
    pages: columns(pagesOfText),
  };
}
