/**
 * How a back end calculates: how it rounds each result it stores, and into how many parts it splits a sum. Both are why
 * real servers answer one seed differently (He 2025, "Defeating Nondeterminism in LLM Inference"; Yuan et al.
 * 2025, arXiv 2506.09501): floating-point addition is not associative.
 */
export type Arithmetic = { round: (x: number) => number; lanes: number };

/** JavaScript's own numbers, summed from first to last. */
export const exact: Arithmetic = { round: (x) => x, lanes: 1 };

/** IEEE 754 single precision: 24 bits of significand. */
export const float32: Arithmetic = { round: Math.fround, lanes: 1 };

/** The upper half of single precision: 8 bits of significand. */
export const bfloat16: Arithmetic = { round: roundTo(8), lanes: 1 };

/** IEEE 754 half precision: 11 bits of significand (its narrow range does not matter here: see `roundTo`). */
export const float16: Arithmetic = { round: roundTo(11), lanes: 1 };

/**
 * Rounds to `bits` bits of significand, ties to even, by Veltkamp's splitting (Dekker 1971): with c = 2^(53-bits) + 1
 * and p = c·x, the value p - (p - x) is x rounded. The exponent stays as it is: in a real back end the numbers would be
 * scaled to fit its range. `roundTo(8)(0.3)` is 0.30078125.
 */
function roundTo(bits: number): (x: number) => number {
  const c = 2 ** (53 - bits) + 1;
  return (x) => {
    const p = c * x;
    return p - (p - x);
  };
}

/**
 * Bfloat16 with sums split into `lanes` parts, as a server's kernel splits them by how many requests share a batch: each
 * part is added up, rounded and added to the others. A different split gives a different last bit.
 */
export const splitSums = (lanes: number): Arithmetic => ({
  round: bfloat16.round,
  lanes: Math.min(Math.max(lanes, 1), maxLanes),
});

/** Sums are split into at most this many parts. */
export const maxLanes = 8;
