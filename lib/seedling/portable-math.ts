/*
 * exp and log from additions, multiplications and divisions alone. ECMAScript leaves the last bits of Math.exp and
 * Math.log to each engine, and a token's choice can hang on the last bit; IEEE 754 leaves nothing open for these.
 * Accurate to about 1e-15 relative, which is all that a sampler needs: what counts is that every machine agrees.
 */

const ln2High = 0.6931471803691238; // the first 32 bits of ln 2, so that k * ln2High is exact for |k| < 2^20
const ln2Low = 1.9082149292705877e-10;

/** e^x for x from -708 to 709; 0 below that. */
export function exp(x: number): number {
  if (x < -708) return 0;
  const k = Math.round(x / (ln2High + ln2Low));
  const r = x - k * ln2High - k * ln2Low; // |r| <= ln(2) / 2
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (r / n) * sum; // Taylor: the 15th term is below 1e-19
  return sum * powerOfTwo(k);
}

/** Natural logarithm of a positive normal number. */
export function log(x: number): number {
  let exponent = 0;
  let m = x;
  while (m >= 1.5) {
    m /= 2;
    exponent++;
  }
  while (m < 0.75) {
    m *= 2;
    exponent--;
  }
  const s = (m - 1) / (m + 1); // |s| <= 0.2, and log m = 2 (s + s^3/3 + s^5/5 + …)
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = 1 / n + square * sum;
  return exponent * ln2High + (exponent * ln2Low + 2 * s * sum);
}

function powerOfTwo(k: number): number {
  let power = 1;
  for (let step = 0; step < Math.abs(k); step++) power *= 2;
  return k < 0 ? 1 / power : power;
}
