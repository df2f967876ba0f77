import type { Distribution } from '@/lib/seedling/model';
import { type Arithmetic, arithmeticKey } from './arithmetic';
import type { Artifact, Card } from './artifact';
import type { Backend } from './backends';
import type { Cache } from './cache';
import { Canon } from './canon';
import { Distributions } from './distribution';
import { Network } from './network';
import type { Tokenizer } from './tokenizer';

/** Raised whenever the arithmetic changes, so that the fingerprints change too. */
const revision = 1;

/** A prompt that has been read: what its first token is drawn from, and where texts go on from. */
type ReadPrompt = { cache: Cache; distribution: Distribution };

/** Read prompts are kept while they have no more places than this, all together: 12 KB each. */
const maxPlaces = 1024;

/** Sapling, ready to write. One at a time may use it, since all that it works out lies in one memory. */
export class Sapling {
  readonly card: Card;
  readonly tokenizer: Tokenizer;
  readonly network: Network;
  readonly canon: Canon;
  /** of the weights and of the arithmetic */
  readonly hash: string;
  readonly #distributions: Distributions;
  readonly #prompts = new Map<string, ReadPrompt | { cache: Cache; distribution: null }>();

  constructor(artifact: Artifact) {
    this.card = artifact.card;
    this.tokenizer = artifact.tokenizer;
    this.hash = hashOf(artifact);
    this.network = new Network(artifact);
    this.canon = new Canon(artifact.tokenizer);
    this.#distributions = new Distributions(artifact.tokenizer.pieces.length);
  }

  /** What the next token of an answer is drawn from, by its scores; `written` are its tokens so far. */
  distribution(scores: Float32Array, written: readonly number[]): Distribution {
    return this.#distributions.of(scores, this.canon.ruledOut(written));
  }

  /** Reads a prompt, all its tokens at once, and keeps it for the texts that answer it. */
  readPrompt(asked: readonly number[], arithmetic: Arithmetic): ReadPrompt {
    const prompt = this.readOn(asked, arithmetic, asked.length);
    if (!prompt) throw new Error('A prompt has a token at least.');
    return prompt;
  }

  /** Reads so many tokens more of a prompt, and keeps what it has read; null until that is all of it. */
  readOn(asked: readonly number[], arithmetic: Arithmetic, most: number): ReadPrompt | null {
    const key = promptKey(asked, arithmetic);
    const prompt = this.#prompts.get(key) ?? { cache: this.network.newCache(), distribution: null };
    prompt.distribution ??= this.#read(prompt.cache, asked, arithmetic, most);
    this.#prompts.delete(key);
    this.#prompts.set(key, prompt);
    this.#makeRoom(key);
    return isRead(prompt) ? prompt : null;
  }

  /** Forgets what was read longest ago, but for the last one. */
  #makeRoom(last: string): void {
    let places = [...this.#prompts.values()].reduce((sum, { cache }) => sum + cache.length, 0);
    for (const [oldest, { cache }] of this.#prompts) {
      if (places <= maxPlaces || oldest === last) break;
      places -= cache.length;
      cache.release();
      this.#prompts.delete(oldest);
    }
  }

  #read(cache: Cache, asked: readonly number[], arithmetic: Arithmetic, most: number): Distribution | null {
    const readings = asked
      .slice(cache.length, cache.length + most)
      .map((token, at) => ({ cache, token, scored: cache.length + at === asked.length - 1 }));
    const [scores] = this.network.read(readings, arithmetic);
    return scores ? this.distribution(scores, []) : null;
  }
}

const isRead = (prompt: { cache: Cache; distribution: Distribution | null }): prompt is ReadPrompt =>
  prompt.distribution !== null;

/** Equal for equal prompts that are read in one way. */
export const promptKey = (asked: readonly number[], arithmetic: Arithmetic): string =>
  `${arithmeticKey(arithmetic)} ${asked.join()}`;

/** What fingerprints name: weights and arithmetic. */
export const hashOf = ({ hash }: Pick<Artifact, 'hash'>): string => `${hash.slice(0, 8)}${revision}`;

/** `fp_sapling_…` with the back end's tag: equal for equal weights, arithmetic and number format. */
export const fingerprintOf = ({ hash }: Pick<Sapling, 'hash'>, { tag }: Backend): string => `fp_sapling_${hash}_${tag}`;
