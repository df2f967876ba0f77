import { defined } from '@/lib/defined';
import type { Arithmetic } from './arithmetic';
import type { Cache } from './cache';
import type { Sapling } from './sapling';

/**
 * Reads one text after another to a prompt, and knows the scores (logits) of what may follow each of its tokens. A text
 * that is known is read in one pass, several times as fast as token by token, and with the same scores to the last bit. So
 * whether a seed gives a text can be told without writing it: each draw is held against the scores before it, as speculative
 * decoding does (Leviathan et al. 2023), whose guess is here the text itself.
 */
export class Reader {
  readonly #sapling: Sapling;
  readonly #arithmetic: Arithmetic;
  readonly #prompt: Cache;
  readonly #afterPrompt: Float32Array;
  #cache: Cache;
  #tokens: number[] = [];
  /** by token, of what may follow it */
  #scores: Float32Array[] = [];

  constructor(sapling: Sapling, asked: readonly number[], arithmetic: Arithmetic) {
    this.#sapling = sapling;
    this.#arithmetic = arithmetic;
    this.#prompt = sapling.network.newCache();
    const readings = asked.map((token, at) => ({ cache: this.#prompt, token, scored: at === asked.length - 1 }));
    this.#afterPrompt = defined(sapling.network.read(readings, arithmetic)[0]);
    this.#cache = this.#prompt.fork();
  }

  /** The scores of what may follow these tokens of an answer. What it has read of them is not read again. */
  scoresAfter(written: readonly number[]): Float32Array {
    this.read(written);
    return written.length === 0 ? this.#afterPrompt : defined(this.#scores[written.length - 1]);
  }

  /** Reads an answer, or as much of it as there is room for. */
  read(answer: readonly number[]): void {
    const { context } = this.#sapling.network.config;
    const tokens = answer.slice(0, context - this.#prompt.length);
    const differs = tokens.findIndex((token, at) => token !== this.#tokens[at]);
    if (differs === -1) return;
    if (differs < this.#tokens.length) this.#startAgain();
    const added = tokens.slice(this.#tokens.length);
    const readings = added.map((token) => ({ cache: this.#cache, token, scored: true }));
    this.#scores.push(...this.#sapling.network.read(readings, this.#arithmetic));
    this.#tokens.push(...added);
  }

  /** Gives its memory back. */
  release(): void {
    this.#prompt.release();
    this.#cache.release();
  }

  #startAgain(): void {
    this.#cache.release();
    this.#cache = this.#prompt.fork();
    this.#tokens = [];
    this.#scores = [];
  }
}
