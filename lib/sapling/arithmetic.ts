/** A number format that results are stored in. */
type Format = 'float32' | 'bfloat16' | 'float16';

/**
 * How a back end calculates: the format that it stores each result in, and into how many parts it splits the sums of a
 * matrix multiplication. It adds up in float32 whatever the format, as real kernels do.
 */
export type Arithmetic = { format: Format; parts: number };

export const float32: Arithmetic = { format: 'float32', parts: 1 };
export const bfloat16: Arithmetic = { format: 'bfloat16', parts: 1 };
export const float16: Arithmetic = { format: 'float16', parts: 1 };

/** Equal for what is calculated in one way. */
export const arithmeticKey = ({ format, parts }: Arithmetic): string => `${format} ${parts}`;

/** Sums are split into at most this many parts. */
const maxParts = 16;

/**
 * Bfloat16 with sums split into parts that are added up apart and then together, as a server's kernels split them ("split-K") when few
 * requests are under way, since a few long sums would leave most of the chip idle; the more requests, the fewer parts.
 * FlashAttention's `num_splits_heuristic` is such a rule (Dao 2023, csrc/flash_attn/flash_api.cpp), and He 2025,
 * "Defeating Nondeterminism in LLM Inference", says what follows.
 */
export const splitSums = (inFlight: number): Arithmetic => ({
  format: 'bfloat16',
  parts: Math.max(1, Math.floor(maxParts / Math.max(inFlight, 1))),
});
