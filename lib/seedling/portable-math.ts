/*
 * exp and log by additions, multiplications and divisions alone. ECMAScript leaves the last bits of Math.exp and
 * Math.log to each engine, and a token's choice can depend on the last bit; IEEE 754 fixes every bit of these operations.
 * The relative error is about 1e-15, which is all that a sampler needs: what matters is that every machine agrees.
 *
 * A sampler needs thousands of them for a text, so both start from a table and need only a few terms from there (Tang,
 * "Table-driven implementation of the exponential function", 1989, and "... of the logarithm function", 1990). The
 * tables are computed by the same operations when the module loads, with as many terms as it takes.
 */

const ln2High = 0.6931471803691238; // the first 32 bits of ln 2, so that k * ln2High is exact for |k| < 2^20
const ln2Low = 1.9082149292705877e-10;
const ln2 = ln2High + ln2Low;

// One double seen as two words, to read and write its exponent. All machines that run JavaScript today are little-endian.
const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);

/** e^x for x from -708 to 709; 0 below that. */
export function exp(x: number): number {
  if (x < -708) return 0;
  const steps = Math.round(x * (expSteps / ln2));
  const part = steps & (expSteps - 1);
  const k = (steps - part) / expSteps;
  const r = x - (steps / expSteps) * ln2High - (steps / expSteps) * ln2Low; // |r| <= ln(2) / 64
  const tail = r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24 + r * (1 / 120 + r * (1 / 720)))))); // then below 1e-17
  const head = expTable[part] ?? 1;
  words[0] = 0;
  words[1] = (k + 1023) << 20;
  return (head + head * tail) * (double[0] ?? 1);
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
  const step = Math.round((m - 1) * logSteps); // 0 next to 1, where only the series counts
  const c = 1 + step / logSteps;
  const s = (m - c) / (m + c); // |s| < 0.006, and log (m / c) = 2 (s + s^3/3 + s^5/5 + …)
  const q = s * s;
  const near = 2 * s * (1 + q * (1 / 3 + q * (1 / 5 + q * (1 / 7))));
  return exponent * ln2High + (exponent * ln2Low + ((logTable[step + logSteps / 2] ?? 0) + near));
}

/** x^y for a positive normal x, where it is a number that `exp` can give. */
export const power = (x: number, y: number): number => exp(y * log(x));

const expSteps = 32;
/** 2^(part / 32) by Taylor's series: the 18th term is below 1e-17. */
const expTable = Float64Array.from({ length: expSteps }, (_, part) => {
  const r = (part / expSteps) * ln2;
  let sum = 1;
  for (let n = 18; n >= 1; n--) sum = 1 + (r / n) * sum;
  return sum;
});

const logSteps = 64;
/** log(1 + step / 64) for steps from -32 to 32: `log` needs -16 to 32. */
const logTable = Float64Array.from({ length: logSteps + 1 }, (_, at) => {
  const step = at - logSteps / 2;
  const s = step / (2 * logSteps + step);
  let sum = 0;
  for (let n = 35; n >= 1; n -= 2) sum = 1 / n + s * s * sum;
  return 2 * s * sum;
});
