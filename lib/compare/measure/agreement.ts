/**
 * Wilson's 95 % interval for a share of k in n (z = 1.959964). Wilson 1927:
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
 * The exact 95 % interval for a share of k in n (Clopper and Pearson 1934): the low end is the share under which k or
 * more of n come out just one time in forty, the high end that under which k or fewer do:
 * `clopperPearson(5, 5)` is about [0.4782, 1], `clopperPearson(992, 1000)` about [0.9843, 0.9965]. It never covers less
 * than 95 %, and is wider than Wilson's for it. n must be at least 1. Found by bisection down to neighbouring numbers;
 * what error remains is that of summing the tail, below 1e-11 for n up to a million.
 */
export const clopperPearson = (k: number, n: number): [low: number, high: number] => [
  lowEnd(k, n),
  1 - lowEnd(n - k, n),
];

/** The p with P(X >= k) = 0.025, X of Binomial(n, p). It lies below k / n, where the terms of the tail only fall. */
function lowEnd(k: number, n: number): number {
  if (k === 0) return 0;
  const ways = logWays(n, k);
  let [low, high] = [0, k / n];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (upperTail(k, n, middle, ways) < 0.025) low = middle;
    else high = middle;
  }
}

/** P(X >= k) for k >= n p: the term of k times 1 + r1 + r1 r2 + …, each ratio the smaller the further out. */
function upperTail(k: number, n: number, p: number, ways: number): number {
  let [term, sum] = [1, 1];
  for (let i = k; i < n && term > sum * 1e-17; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return Math.exp(ways + k * Math.log(p) + (n - k) * Math.log1p(-p)) * sum;
}

/** The natural logarithm of n choose k. */
function logWays(n: number, k: number): number {
  const fewer = Math.min(k, n - k);
  let sum = 0;
  for (let i = 1; i <= fewer; i++) sum += Math.log((n - fewer + i) / i);
  return sum;
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
 * The same with more weight on common texts: 1 / sum of squared shares (Hill number of order 2, inverse Simpson).
 * `effectiveCommonTexts([5, 5])` is 2, `effectiveCommonTexts([9, 1])` about 1.2195; 0 for no runs.
 */
export function effectiveCommonTexts(sizes: readonly number[]): number {
  const n = sizes.reduce((sum, size) => sum + size, 0);
  if (n === 0) return 0;
  return 1 / sizes.reduce((sum, size) => sum + (size / n) ** 2, 0);
}

/**
 * What n equal runs prove: a text that changes in up to this share of runs still gives n equal ones one time in twenty.
 * Exact one-sided 95 % bound 1 - 0.05^(1/n): `changeBound(5)` is about 0.4507, `changeBound(20)` 0.1391.
 */
export const changeBound = (n: number): number => 1 - 0.05 ** (1 / n);

/** What so many equal runs prove: the `changeBound` of them, and of `more` of them. */
export type EqualRunsProof = { runs: number; bound: number; more: [few: EqualRuns, many: EqualRuns] };
type EqualRuns = { runs: number; bound: number };

export const proofOf = (runs: number): EqualRunsProof => ({ ...boundOf(runs), more: [boundOf(20), boundOf(60)] });

const boundOf = (runs: number): EqualRuns => ({ runs, bound: changeBound(runs) });
