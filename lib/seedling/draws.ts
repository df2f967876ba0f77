import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/**
 * The endless list of random numbers in [0, 1) that a seed stands for: each token takes the next one. `choice` numbers
 * the texts of one request (the API's n), so that each has a list of its own.
 *
 * The generator is xoroshiro128+ (Blackman & Vigna 2018). The seed is hashed into its state, since neighbouring seeds
 * used as they are would start with similar numbers. `seed` is any integer of 64 bits, with a sign or without.
 */
export function* drawsOf(seed: number | bigint, choice = 0): Generator<number, never> {
  const exact = BigInt(seed);
  const low = Number(BigInt.asIntN(32, exact));
  const high = Number(BigInt.asIntN(32, exact >> 32n));
  // From 2^63 on a seed has the 64 bits of a negative one, and no other choice's words.
  const first = choice * 4 + (exact >= 2n ** 63n ? 2 ** 31 : 0);
  const state = [1, 2, 3, 4].map((word) => mix(mix(mix(word + first) ^ high) ^ low));
  const generator = xoroshiro128plusFromState(state);
  while (true) yield uniformFloat64(generator);
}

/** The finalizer of MurmurHash3 (Appleby 2011): every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let hash = (value + 0x9e3779b9) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
