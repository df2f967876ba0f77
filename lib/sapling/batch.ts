import { ok, type Result } from '@/lib/result';
import type { Distribution } from '@/lib/seedling/model';
import { type SeedlingRequest, toWritingOptions } from '@/lib/seedling/request';
import { type Finish, type GeneratedToken, Writing, type WritingOptions } from '@/lib/seedling/writing';
import type { Arithmetic } from './arithmetic';
import type { Cache } from './cache';
import { type Prompt, promptOf, type TooLong } from './chat';
import type { Sapling } from './sapling';
import { idOf, type Tokenizer } from './tokenizer';

/** A text to write: to what, how, and by which arithmetic. A prompt's own beginning of the answer is its prefill. */
export type Order = { prompt: Prompt; options: Omit<WritingOptions, 'prefill'>; arithmetic: Arithmetic };

/**
 * A request as an order, for a seed, one of the texts it wants (`choice`, from 0), and the arithmetic of the back end that
 * answers; or how much too long it is. What a request may have, and its defaults, are Seedling's.
 */
export function toOrder(
  { tokenizer, network }: Sapling,
  request: SeedlingRequest,
  { seed, choice, arithmetic }: { seed: number | bigint; choice: number; arithmetic: Arithmetic },
): Result<Order, TooLong> {
  const prompt = promptOf(tokenizer, request.messages, network.config.context);
  if (!prompt.ok) return prompt;
  return ok({ prompt: prompt.value, options: toWritingOptions(request, seed, choice), arithmetic });
}

/** What a step did for a text: the tokens that are now certain, and why it ended, if it has. */
export type Progress = { column: Column; tokens: GeneratedToken[]; finish: Finish | null };

/** A text that is being written in a batch. */
export class Column {
  readonly order: Order;
  readonly writing: Writing;
  /** null until its prompt has been read */
  next: { cache: Cache; distribution: Distribution } | null = null;

  constructor({ tokenizer, network }: Sapling, order: Order) {
    const { prompt, options } = order;
    const room = network.config.context - prompt.asked.length;
    const maxTokens = Math.min(options.maxTokens, room);
    const prefill = readBack(tokenizer, prompt.begun);
    this.order = order;
    this.writing = new Writing(textReader(tokenizer), idOf('<|end|>'), { ...options, maxTokens, prefill });
  }
}

/**
 * Writes many texts at once: a step chooses one token for each and reads these tokens in one pass, so that a step of
 * twenty texts costs little more than one of five. What a text says does not depend on which others are written with it.
 * Between two steps the caller may do other things, take texts in, and leave texts out.
 */
export class Batch {
  readonly #sapling: Sapling;
  readonly #columns = new Set<Column>();

  constructor(sapling: Sapling) {
    this.#sapling = sapling;
  }

  /** How many texts are being written. */
  get size(): number {
    return this.#columns.size;
  }

  add(order: Order): Column {
    const column = new Column(this.#sapling, order);
    this.#columns.add(column);
    return column;
  }

  /** Takes a text out, whether it has ended or not. */
  drop(column: Column): void {
    column.next?.cache.release();
    column.next = null;
    this.#columns.delete(column);
  }

  /** One step: reads one prompt if there is one to read, else goes on with all texts by a token. */
  step(): Progress[] {
    const waiting = [...this.#columns].find(({ next }) => next === null);
    if (waiting) {
      this.#begin(waiting);
      return [];
    }
    const progress = [...this.#columns].map((column): Progress => {
      const tokens = column.next && column.writing.finish === null ? column.writing.take(column.next.distribution) : [];
      return { column, tokens, finish: column.writing.finish };
    });
    for (const { column, finish } of progress) if (finish !== null) this.drop(column);
    this.#readOn();
    return progress;
  }

  /** Reads a prompt for all texts that wait for it. */
  #begin({ order: { prompt, arithmetic } }: Column): void {
    const { cache, distribution } = this.#sapling.readPrompt(prompt.asked, arithmetic);
    for (const column of this.#columns) {
      const { order, next } = column;
      if (next === null && order.arithmetic === arithmetic && order.prompt.asked.join() === prompt.asked.join())
        column.next = { cache: cache.fork(), distribution };
    }
  }

  /** Reads the token that each text has just been given: those that are calculated in one way, in one pass. */
  #readOn(): void {
    const byArithmetic = Map.groupBy(
      this.#columns,
      ({ order: { arithmetic } }) => `${arithmetic.format} ${arithmetic.parts}`,
    );
    for (const columns of byArithmetic.values()) {
      const live = columns.flatMap(({ next, writing, order: { arithmetic } }) =>
        next ? [{ next, writing, arithmetic }] : [],
      );
      const [first] = live;
      if (!first) continue;
      const readings = live.map(({ next, writing }) => ({
        cache: next.cache,
        token: writing.context.at(-1) ?? 0,
        scored: true,
      }));
      for (const [at, scores] of this.#sapling.network.read(readings, first.arithmetic).entries()) {
        const { next, writing } = live[at] ?? first;
        next.distribution = this.#sapling.distribution(scores, writing.context);
      }
    }
  }
}

/** Writes one text token by token, and returns why it ended. */
export function* generate(sapling: Sapling, order: Order): Generator<GeneratedToken, Finish> {
  const batch = new Batch(sapling);
  const column = batch.add(order);
  try {
    while (column.writing.finish === null) for (const { tokens } of batch.step()) yield* tokens;
    return column.writing.finish;
  } finally {
    batch.drop(column);
  }
}

/** The text of each token in turn: of one that ends within a character, as much as is whole, and the rest with the next. */
function textReader({ pieces }: Tokenizer): (id: number) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (id) => decoder.decode(pieces[id], { stream: true });
}

function readBack(tokenizer: Tokenizer, ids: readonly number[]): { id: number; token: string }[] {
  const textOf = textReader(tokenizer);
  return ids.map((id) => ({ id, token: textOf(id) }));
}
