/**
 * Wilson's 95 % interval for a share of k in n (z = 1.959964). Wilson 1927; vectors in field/facts.md 3.6:
 * `wilson(5, 5)` is about [0.5655, 1], `wilson(9, 10)` about [0.5958, 0.9821]. n must be at least 1.
 */
export function wilson(k: number, n: number): [low: number, high: number] {
  const z = 1.959964;
  const share = k / n;
  const scale = 1 + (z * z) / n;
  const centre = (share + (z * z) / (2 * n)) / scale;
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / scale;
  return [k === 0 ? 0 : centre - half, k === n ? 1 : centre + half];
}

/**
 * The share of pairs of runs with equal text, from the sizes of the groups; null for fewer than two runs.
 * `pairwiseMatch([9, 1])` is 0.8, `pairwiseMatch([5, 5])` 0.444…
 */
export function pairwiseMatch(sizes: readonly number[]): number | null {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  if (n < 2) return null;
  return sizes.reduce((sum, size) => sum + size * (size - 1), 0) / (n * (n - 1));
}

/**
 * How many equally common texts would be as diverse as these: 2 to the Shannon entropy (Hill number of order 1).
 * `effectiveTexts([5, 5])` is 2, `effectiveTexts([9, 1])` about 1.3841; 0 for no runs.
 */
export function effectiveTexts(sizes: readonly number[]): number {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  if (n === 0) return 0;
  return 2 ** -sizes.reduce((sum, size) => sum + (size / n) * Math.log2(size / n), 0);
}

/**
 * What n equal runs prove: a text that changes in up to this share of runs still gives n equal ones one time in twenty.
 * Exact one-sided 95 % bound 1 - 0.05^(1/n): `changeBound(5)` is about 0.4507, `changeBound(20)` 0.1391.
 */
export const changeBound = (n: number): number => 1 - 0.05 ** (1 / n);
