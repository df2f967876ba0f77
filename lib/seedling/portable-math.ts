/*
 * exp and log from additions, multiplications and divisions alone. ECMAScript leaves the last bits of Math.exp and
 * Math.log to each engine, and a token's choice can hang on the last bit; IEEE 754 leaves nothing open for these.
 * Accurate to about 1e-15 relative, which is all that a sampler needs: what counts is that every machine agrees.
 */

const ln2High = 0.6931471803691238; // the first 32 bits of ln 2, so that k * ln2High is exact for |k| < 2^20
const ln2Low = 1.9082149292705877e-10;

// One double seen as two words, to read and write its exponent. All machines that run JavaScript today are little-endian.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** e^x for x from -708 to 709; 0 below that. */
export function exp(x: number): number {
  if (x < -708) return 0;
  const k = Math.round(x / (ln2High + ln2Low));
  const r = x - k * ln2High - k * ln2Low; // |r| <= ln(2) / 2
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + r * reciprocal(n) * sum; // Taylor: the 15th term is below 1e-19
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return sum * (double[0] ?? 1);
}

/** Natural logarithm of a positive normal number. */
export function log(x: number): number {
  double[0] = x;
  const high = words[1] ?? 0;
  let exponent = (high >>> 20) - 1023;
  words[1] = (high & 0x000f_ffff) | 0x3ff0_0000;
  let m = double[0]; // x = m * 2^exponent with 1 <= m < 2
  if (m >= 1.5) {
    m /= 2;
    exponent++;
  }
  const s = (m - 1) / (m + 1); // |s| <= 0.2, and log m = 2 (s + s^3/3 + s^5/5 + …)
  const square = s * s;
  let sum = 0;
  for (let n = 23; n >= 1; n -= 2) sum = reciprocal(n) + square * sum;
  return exponent * ln2High + (exponent * ln2Low + 2 * s * sum);
}

const reciprocals = Float64Array.from({ length: 24 }, (_, n) => 1 / n);
const reciprocal = (n: number): number => reciprocals[n] ?? 1 / n;
