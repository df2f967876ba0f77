import { pagePlaces } from './kernel';
import type { Memory } from './memory';

/**
 * Keys and values of the places that have been read, in pages of sixteen places, as in Kwon et al. 2023 ("Efficient
 * Memory Management for LLM Serving with PagedAttention"): texts of one prompt share its pages, and a text takes as many
 * as it needs.
 */
export class Pages {
  readonly bytes: number;
  readonly context: number;
  readonly #memory: Memory;
  readonly #free: number[] = [];
  readonly #uses = new Map<number, number>();

  /** `numbers` are a place's keys and values in all layers, `context` is how many places a text can have. */
  constructor(memory: Memory, numbers: number, context: number) {
    this.#memory = memory;
    this.context = context;
    this.bytes = numbers * pagePlaces * 4;
  }

  take(): number {
    const page = this.#free.pop() ?? this.#memory.allocate(this.bytes);
    this.#uses.set(page, 1);
    return page;
  }

  share(page: number): number {
    this.#uses.set(page, (this.#uses.get(page) ?? 0) + 1);
    return page;
  }

  copy(page: number): number {
    const to = this.take();
    new Uint8Array(this.#memory.buffer).copyWithin(to, page, page + this.bytes);
    return to;
  }

  /** Ends one use of a page; it is free when nobody uses it. */
  giveBack(page: number): void {
    const uses = (this.#uses.get(page) ?? 0) - 1;
    this.#uses.set(page, uses);
    if (uses === 0) this.#free.push(page);
  }
}

/** What one text has read so far. */
export class Cache {
  /** how many places it has */
  length = 0;
  readonly pages: number[] = [];
  readonly #from: Pages;

  constructor(from: Pages) {
    this.#from = from;
  }

  /** Makes room for one place more, and gives its number. */
  next(): number {
    if (this.length === this.#from.context) throw new Error(`A text has ${this.length} tokens at most.`);
    if (this.length % pagePlaces === 0) this.pages.push(this.#from.take());
    return this.length++;
  }

  /** A cache that begins as this one: full pages are shared, the last one is copied, since both will write to it. */
  fork(): Cache {
    const copy = new Cache(this.#from);
    copy.length = this.length;
    const full = Math.floor(this.length / pagePlaces);
    copy.pages.push(...this.pages.map((page, at) => (at < full ? this.#from.share(page) : this.#from.copy(page))));
    return copy;
  }

  /** Gives all pages back. */
  release(): void {
    for (const page of this.pages.splice(0)) this.#from.giveBack(page);
    this.length = 0;
  }
}
