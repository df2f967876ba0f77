import { defined } from '@/lib/defined';
import { ok, type Result } from '@/lib/result';
import type { Distribution } from '@/lib/seedling/model';
import { type SeedlingRequest, toWritingOptions } from '@/lib/seedling/request';
import { type Finish, type GeneratedToken, Writing, type WritingOptions } from '@/lib/seedling/writing';
import { type Arithmetic, arithmeticKey } from './arithmetic';
import type { Cache } from './cache';
import { type Prompt, promptOf, type TooLong } from './chat';
import { promptKey, type Sapling } from './sapling';
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

/** A text is written at most this many tokens ahead of its reader, since each brings all its chances with it. */
const maxAhead = 8;

/** A text that is being written. */
class Column {
  readonly order: Order;
  readonly writing: Writing;
  /** tokens that nobody has read yet */
  readonly ready: GeneratedToken[] = [];
  /** where it goes on from; null until its prompt has been read */
  next: { cache: Cache; distribution: Distribution } | null = null;

  constructor(sapling: Sapling, order: Order) {
    this.order = order;
    this.writing = writingOf(sapling, order);
  }
}

/** An order's text, before anything of it is written. */
export function writingOf({ tokenizer, network }: Sapling, { prompt, options }: Order): Writing {
  const room = network.config.context - prompt.asked.length;
  const maxTokens = Math.min(options.maxTokens, room);
  const prefill = readBack(tokenizer, prompt.begun);
  return new Writing(textReader(tokenizer), idOf('<|end|>'), { ...options, maxTokens, prefill });
}

/**
 * Writes many texts at once. Whoever asks for the next token of one of them makes a step for all: each gets a token, and
 * these tokens are read in one pass, so that a step of twenty texts takes little longer than one of five. What a text
 * says does not depend on which others are written with it, nor on who asks when.
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

  /**
   * Writes a text token by token, and returns why it ended. It is part of the batch from the first token that is asked
   * for until it has ended, or the generator is closed.
   */
  *write(order: Order): Generator<GeneratedToken, Finish> {
    const column = new Column(this.#sapling, order);
    this.#columns.add(column);
    try {
      for (;;) {
        const token = column.ready.shift();
        if (token) yield token;
        else if (column.writing.finish !== null) return column.writing.finish;
        else this.#step();
      }
    } finally {
      column.next?.cache.release();
      this.#columns.delete(column);
    }
  }

  /** Reads one prompt if there is one to read, else goes on with all texts by a token. */
  #step(): void {
    const waiting = [...this.#columns].find(({ next }) => next === null);
    if (waiting) this.#begin(waiting);
    else this.#goOn();
  }

  /** Reads a prompt for all texts that wait for it. */
  #begin({ order: { prompt, arithmetic } }: Column): void {
    const { cache, distribution } = this.#sapling.readPrompt(prompt.asked, arithmetic);
    const key = promptKey(prompt.asked, arithmetic);
    for (const column of this.#columns) {
      const { order } = column;
      if (column.next === null && promptKey(order.prompt.asked, order.arithmetic) === key)
        column.next = { cache: cache.fork(), distribution };
    }
  }

  /** Chooses a token for each text, and reads those that are calculated in one way in one pass. */
  #goOn(): void {
    const byWay = new Map<string, Pass>();
    for (const { next, writing, ready, order } of this.#columns) {
      if (next === null || writing.finish !== null || ready.length >= maxAhead) continue;
      ready.push(...writing.take(next.distribution));
      if (writing.finish !== null) continue;
      const pass = byWay.get(arithmeticKey(order.arithmetic)) ?? { arithmetic: order.arithmetic, columns: [] };
      pass.columns.push({ next, written: writing.context });
      byWay.set(arithmeticKey(order.arithmetic), pass);
    }
    for (const { arithmetic, columns } of byWay.values()) {
      const readings = columns.map(({ next, written }) => ({
        cache: next.cache,
        token: lastOf(written),
        scored: true,
      }));
      const scores = this.#sapling.network.read(readings, arithmetic);
      for (const [at, { next, written }] of columns.entries())
        next.distribution = this.#sapling.distribution(defined(scores[at]), written);
    }
  }
}

/** Texts that are calculated in one way. */
type Pass = {
  arithmetic: Arithmetic;
  columns: { next: NonNullable<Column['next']>; written: readonly number[] }[];
};

const lastOf = (ids: readonly number[]): number => defined(ids.at(-1));

/** The text of each token in turn: of one that ends within a character, as much as is whole, and the rest with the next. */
function textReader({ pieces }: Tokenizer): (id: number) => string {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  return (id) => decoder.decode(pieces[id], { stream: true });
}

function readBack(tokenizer: Tokenizer, ids: readonly number[]): { id: number; token: string }[] {
  const textOf = textReader(tokenizer);
  return ids.map((id) => ({ id, token: textOf(id) }));
}
