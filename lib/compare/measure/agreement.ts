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
 * than 95 %, and is wider than Wilson's for it. n must be at least 1. With another `tail` either end errs that often at
 * most, in place of 0.025. Found by bisection down to neighbouring numbers; what error remains is that of summing the tail,
 * below 1e-11 for n up to a million.
 */
export const clopperPearson = (k: number, n: number, tail = 0.025): [low: number, high: number] => [
  lowEnd(k, n, tail),
  1 - lowEnd(n - k, n, tail),
];

/**
 * A 95 % interval for the share of a text that was chosen because k of n runs have it, more than have any other. An
 * interval for one share, such as the two above, is too narrow for it: whichever text comes most often by chance is the
 * one looked at (of five draws from many texts, Wilson's covers its share one time in ten).
 *
 * The high end is Clopper and Pearson's: the chosen text's share is at most that of the model's most common one, which has
 * come at most k times. The low end p is where P(X >= k) = 0.025 p, X of Binomial(n, p): the text with share p_i is chosen
 * with a low end above p_i at most 0.025 p_i of the time, and all p_i add up to 1. So it covers at least 95 % whatever the
 * texts and their shares, and so it does for the share of the model's most common text. For one text in all runs:
 * `chosenShare(5, 5)` is about [0.3976, 1], `chosenShare(55, 60)` [0.8114, 0.9724], `chosenShare(2, 5)` [0.0025, 0.8534],
 * and a text of a single run may have any share down to 0. n must be at least 1, k at least 1. `tail` as above.
 */
export const chosenShare = (k: number, n: number, tail = 0.025): [low: number, high: number] => [
  k === 1 ? 0 : solveBelow(k, n, (p) => tail * p),
  clopperPearson(k, n, tail)[1],
];

/** The p with P(X >= k) = `tail`, X of Binomial(n, p). */
const lowEnd = (k: number, n: number, tail: number): number => (k === 0 ? 0 : solveBelow(k, n, () => tail));

/** The p with P(X >= k) = `chance(p)`, X of Binomial(n, p). It lies below k / n, where the terms of the tail only fall. */
function solveBelow(k: number, n: number, chance: (p: number) => number): number {
  const ways = logWays(n, k);
  let [low, high] = [0, k / n];
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (upperTail(k, n, middle, ways) < chance(middle)) low = middle;
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
 * What n equal runs prove, for n > 1: if a model's most common text came in less than this share of runs, n runs would be
 * equal at most one time in twenty. Whatever text the first run gives, the n - 1 others must repeat it, each with a chance of
 * at most that share: 0.05^(1 / (n - 1)). `equalRunsBound(5)` is about 0.4729, `equalRunsBound(20)` 0.8541.
 */
export const equalRunsBound = (n: number): number => 0.05 ** (1 / (n - 1));

/** What so many equal runs prove: the `equalRunsBound` of them, and of `more` of them. */
export type EqualRunsProof = EqualRuns & { more: [few: EqualRuns, many: EqualRuns] };
type EqualRuns = { runs: number; bound: number };

export const proofOf = (runs: number): EqualRunsProof => ({ ...boundOf(runs), more: [boundOf(20), boundOf(60)] });

const boundOf = (runs: number): EqualRuns => ({ runs, bound: equalRunsBound(runs) });
