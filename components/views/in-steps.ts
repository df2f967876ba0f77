/**
 * How many items of a list are drawn after one step more than `drawn`: as many as weigh at most `most`, and at least one.
 * `weights` says how much there is to draw of each.
 *
 * @example
 * stepOn([9, 9, 9, 2, 2], 0, 20); // 2
 * stepOn([9, 9, 9, 2, 2], 2, 20); // 5
 */
export function stepOn(weights: readonly number[], drawn: number, most: number): number {
  let [next, sum] = [drawn, 0];
  for (const weight of weights.slice(drawn)) {
    sum += weight;
    if (sum > most && next > drawn) break;
    next++;
  }
  return next;
}
