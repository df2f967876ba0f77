import type { Distribution } from '@/lib/seedling/model';
import { exp } from '@/lib/seedling/portable-math';

const noBase = { probability: new Float64Array(), order: new Int32Array() };

/** Makes distributions, as the sampler takes them, of a network's scores. */
export class Distributions {
  readonly #ids: Int32Array;
  readonly #placeOf: ReadonlyMap<number, number>;

  /** `tokens` is how many the tokenizer has; scores beyond are of nothing. */
  constructor(tokens: number) {
    this.#ids = Int32Array.from({ length: tokens }, (_, id) => id);
    this.#placeOf = new Map(this.#ids.entries());
  }

  /** Softmax, in double precision, of the tokens that are not ruled out. */
  of(scores: Float32Array, ruledOut: Uint16Array): Distribution {
    const probability = new Float64Array(this.#ids.length);
    for (let id = 0; id < probability.length; id++) probability[id] = scores[id] ?? 0;
    for (const id of ruledOut) probability[id] = Number.NEGATIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const each of probability) if (each > most) most = each;
    let total = 0;
    for (let id = 0; id < probability.length; id++) {
      const weight = exp((probability[id] ?? 0) - most);
      probability[id] = weight;
      total += weight;
    }
    for (let id = 0; id < probability.length; id++) probability[id] = (probability[id] ?? 0) / total;
    return { ids: this.#ids, placeOf: this.#placeOf, probability, scale: 0, base: noBase };
  }
}
