/*
 * Sapling's arithmetic, in AssemblyScript: a language with the syntax of TypeScript whose numbers are WebAssembly's. It is
 * compiled by bin/kernel.mjs, and lib/sapling/kernel.ts says what each function is for.
 *
 * Every sum is added up from its first term to its last, one after the other, in float32. Four numbers side by side
 * (v128) are four different sums, never parts of one, so it does not matter to a result how many numbers are worked
 * out at once, nor how many columns. WebAssembly rounds each operation as IEEE 754 says and never joins two into one
 * (which only its "relaxed" instructions may), so all machines agree on every bit.
 */

/** A block of weights: this many rows, interleaved, so that one load has what eight sums need next. */
const blockRows: usize = 8;
/** Bytes of the weights of one block for one term of its sums. */
const blockStep: usize = 32;
/** Places of a page of the cache. */
const pagePlaces: usize = 16;

/** Terms [from, to) of weights × columns: `out[c][r] = Σ w[r][k] · x[c][k]`, added to `out` if `more`. */
export function multiply(
  out: usize,
  x: usize,
  w: usize,
  rows: usize,
  inner: usize,
  from: usize,
  to: usize,
  columns: usize,
  more: bool,
): void {
  const outStep = rows << 2;
  const xStep = inner << 2;
  const terms = to - from;
  if (columns === 1) {
    multiplyOne(out, x + (from << 2), w + from * blockStep, rows, inner, terms, more);
    return;
  }
  for (let row: usize = 0; row < rows; row += blockRows) {
    const block = w + row * xStep + from * blockStep;
    for (let c: usize = 0; c < columns; c += 4) {
      // Where fewer than four are left, the last is worked out several times, and is the same each time.
      const last = columns - 1;
      const c1 = min(c + 1, last);
      const c2 = min(c + 2, last);
      const c3 = min(c + 3, last);
      const at = out + (row << 2);
      const x0 = x + (from << 2);
      multiplyFour(
        at + c * outStep,
        at + c1 * outStep,
        at + c2 * outStep,
        at + c3 * outStep,
        x0 + c * xStep,
        x0 + c1 * xStep,
        x0 + c2 * xStep,
        x0 + c3 * xStep,
        block,
        terms,
        more,
      );
    }
  }
}

/** Eight rows of four columns: eight sums of four numbers each stay in registers, and each load is used four times. */
function multiplyFour(
  out0: usize,
  out1: usize,
  out2: usize,
  out3: usize,
  x0: usize,
  x1: usize,
  x2: usize,
  x3: usize,
  w: usize,
  terms: usize,
  more: bool,
): void {
  let a0 = f32x4.splat(0);
  let a1 = a0;
  let a2 = a0;
  let a3 = a0;
  let b0 = a0;
  let b1 = a0;
  let b2 = a0;
  let b3 = a0;
  const end = terms << 2;
  for (let k: usize = 0; k < end; k += 4) {
    const wa = v128.load(w);
    const wb = v128.load(w, 16);
    w += blockStep;
    let v = v128.load_splat<f32>(x0 + k);
    a0 = f32x4.add(a0, f32x4.mul(wa, v));
    b0 = f32x4.add(b0, f32x4.mul(wb, v));
    v = v128.load_splat<f32>(x1 + k);
    a1 = f32x4.add(a1, f32x4.mul(wa, v));
    b1 = f32x4.add(b1, f32x4.mul(wb, v));
    v = v128.load_splat<f32>(x2 + k);
    a2 = f32x4.add(a2, f32x4.mul(wa, v));
    b2 = f32x4.add(b2, f32x4.mul(wb, v));
    v = v128.load_splat<f32>(x3 + k);
    a3 = f32x4.add(a3, f32x4.mul(wa, v));
    b3 = f32x4.add(b3, f32x4.mul(wb, v));
  }
  if (more) {
    const before0 = v128.load(out0);
    const before1 = v128.load(out1);
    const before2 = v128.load(out2);
    const before3 = v128.load(out3);
    a0 = f32x4.add(before0, a0);
    a1 = f32x4.add(before1, a1);
    a2 = f32x4.add(before2, a2);
    a3 = f32x4.add(before3, a3);
    b0 = f32x4.add(v128.load(out0, 16), b0);
    b1 = f32x4.add(v128.load(out1, 16), b1);
    b2 = f32x4.add(v128.load(out2, 16), b2);
    b3 = f32x4.add(v128.load(out3, 16), b3);
  }
  v128.store(out0, a0);
  v128.store(out0, b0, 16);
  v128.store(out1, a1);
  v128.store(out1, b1, 16);
  v128.store(out2, a2);
  v128.store(out2, b2, 16);
  v128.store(out3, a3);
  v128.store(out3, b3, 16);
}

/** One column: four blocks of rows at a time, so that eight sums are under way as in `multiplyFour`. */
function multiplyOne(out: usize, x: usize, w: usize, rows: usize, inner: usize, terms: usize, more: bool): void {
  const step = inner * blockStep;
  let row: usize = 0;
  for (; row + 4 * blockRows <= rows; row += 4 * blockRows) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    let w0 = w + row * (inner << 2);
    let w1 = w0 + step;
    let w2 = w1 + step;
    let w3 = w2 + step;
    for (let k: usize = 0; k < terms; k++) {
      const v = v128.load_splat<f32>(x + (k << 2));
      a0 = f32x4.add(a0, f32x4.mul(v128.load(w0), v));
      b0 = f32x4.add(b0, f32x4.mul(v128.load(w0, 16), v));
      a1 = f32x4.add(a1, f32x4.mul(v128.load(w1), v));
      b1 = f32x4.add(b1, f32x4.mul(v128.load(w1, 16), v));
      a2 = f32x4.add(a2, f32x4.mul(v128.load(w2), v));
      b2 = f32x4.add(b2, f32x4.mul(v128.load(w2, 16), v));
      a3 = f32x4.add(a3, f32x4.mul(v128.load(w3), v));
      b3 = f32x4.add(b3, f32x4.mul(v128.load(w3, 16), v));
      w0 += blockStep;
      w1 += blockStep;
      w2 += blockStep;
      w3 += blockStep;
    }
    const at = out + (row << 2);
    put(at, a0, b0, more);
    put(at + 32, a1, b1, more);
    put(at + 64, a2, b2, more);
    put(at + 96, a3, b3, more);
  }
  for (; row < rows; row += blockRows) {
    let a = f32x4.splat(0);
    let b = a;
    let block = w + row * (inner << 2);
    for (let k: usize = 0; k < terms; k++) {
      const v = v128.load_splat<f32>(x + (k << 2));
      a = f32x4.add(a, f32x4.mul(v128.load(block), v));
      b = f32x4.add(b, f32x4.mul(v128.load(block, 16), v));
      block += blockStep;
    }
    put(out + (row << 2), a, b, more);
  }
}

function put(out: usize, a: v128, b: v128, more: bool): void {
  if (more) {
    a = f32x4.add(v128.load(out), a);
    b = f32x4.add(v128.load(out, 16), b);
  }
  v128.store(out, a);
  v128.store(out, b, 16);
}

/** RMSNorm of each column: `x / √(mean of x² + epsilon) · weight`. */
export function normalize(out: usize, x: usize, weight: usize, width: usize, columns: usize, epsilon: f32): void {
  const end = width << 2;
  for (let c: usize = 0; c < columns; c++) {
    let sum: f32 = 0;
    for (let at: usize = 0; at < end; at += 4) {
      const value = load<f32>(x + at);
      sum += value * value;
    }
    const scale = f32x4.splat(<f32>1 / sqrt<f32>(sum / <f32>width + epsilon));
    for (let at: usize = 0; at < end; at += 16) {
      v128.store(out + at, f32x4.mul(f32x4.mul(v128.load(x + at), scale), v128.load(weight + at)));
    }
    x += end;
    out += end;
  }
}

/** Turns the first half of each head against its second, by the angles of a place. */
export function rotate(x: usize, cosines: usize, sines: usize, heads: usize, size: usize): void {
  const half = size << 1;
  for (let head: usize = 0; head < heads; head++) {
    for (let at: usize = 0; at < half; at += 16) {
      const one = v128.load(x + at);
      const two = v128.load(x + half + at);
      const cosine = v128.load(cosines + at);
      const sine = v128.load(sines + at);
      v128.store(x + at, f32x4.sub(f32x4.mul(one, cosine), f32x4.mul(two, sine)));
      v128.store(x + half + at, f32x4.add(f32x4.mul(two, cosine), f32x4.mul(one, sine)));
    }
    x += half << 1;
  }
}

/** Keeps the key and the value of one place: of a page, keys lie as [head][number][place], values as [head][place][number]. */
export function keep(page: usize, place: usize, keys: usize, values: usize, heads: usize, size: usize): void {
  const width = heads * size;
  for (let at: usize = 0; at < width; at++) {
    store<f32>(page + ((at * pagePlaces + place) << 2), load<f32>(keys + (at << 2)));
  }
  let to = page + ((width * pagePlaces) << 2);
  for (let head: usize = 0; head < heads; head++) {
    memory.copy(to + ((place * size) << 2), values + ((head * size) << 2), size << 2);
    to += (size * pagePlaces) << 2;
  }
}

/**
 * What one place takes from `places` places, itself the last: for each head the softmax of its query's products with
 * their keys (left in `weights`, `weightStep` bytes from head to head), and the sum of their values by these weights.
 * `pages` lists where the pages are, and `offset` says where in each of them this layer is.
 */
export function attend(
  out: usize,
  query: usize,
  pages: usize,
  offset: usize,
  places: usize,
  heads: usize,
  size: usize,
  weights: usize,
  weightStep: usize,
): void {
  const scale = <f32>1 / sqrt<f32>(<f32>size);
  const headBytes = (size * pagePlaces) << 2;
  const valuesAt = heads * headBytes;
  for (let head: usize = 0; head < heads; head++) {
    const at = offset + head * headBytes;
    for (let place: usize = 0; place < places; place += pagePlaces) {
      score(weights + (place << 2), query, pageOf(pages, place) + at, size, scale);
    }
    softmax(weights, places);
    for (let number: usize = 0; number < size; number += 16) {
      sumValues(out + (number << 2), weights, pages, at + valuesAt + (number << 2), places, size);
    }
    query += size << 2;
    out += size << 2;
    weights += weightStep;
  }
}

function pageOf(pages: usize, place: usize): usize {
  return load<u32>(pages + ((place / pagePlaces) << 2));
}

/** The products of a query with the sixteen keys of a page. */
function score(out: usize, query: usize, keys: usize, size: usize, scale: f32): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let number: usize = 0; number < size; number++) {
    const v = v128.load_splat<f32>(query + (number << 2));
    a = f32x4.add(a, f32x4.mul(v128.load(keys), v));
    b = f32x4.add(b, f32x4.mul(v128.load(keys, 16), v));
    c = f32x4.add(c, f32x4.mul(v128.load(keys, 32), v));
    d = f32x4.add(d, f32x4.mul(v128.load(keys, 48), v));
    keys += pagePlaces << 2;
  }
  const by = f32x4.splat(scale);
  v128.store(out, f32x4.mul(a, by));
  v128.store(out, f32x4.mul(b, by), 16);
  v128.store(out, f32x4.mul(c, by), 32);
  v128.store(out, f32x4.mul(d, by), 48);
}

/** Sixteen numbers of the weighed sum of values. */
function sumValues(out: usize, weights: usize, pages: usize, at: usize, places: usize, size: usize): void {
  let a = f32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  for (let place: usize = 0; place < places; place++) {
    const v = v128.load_splat<f32>(weights + (place << 2));
    const values = pageOf(pages, place) + at + (((place % pagePlaces) * size) << 2);
    a = f32x4.add(a, f32x4.mul(v128.load(values), v));
    b = f32x4.add(b, f32x4.mul(v128.load(values, 16), v));
    c = f32x4.add(c, f32x4.mul(v128.load(values, 32), v));
    d = f32x4.add(d, f32x4.mul(v128.load(values, 48), v));
  }
  v128.store(out, a);
  v128.store(out, b, 16);
  v128.store(out, c, 32);
  v128.store(out, d, 48);
}

/** Softmax in place. What lies behind `count`, up to the next four, is of no meaning before and after. */
export function softmax(x: usize, count: usize): void {
  const end = count << 2;
  let most = load<f32>(x);
  for (let at: usize = 4; at < end; at += 4) most = max<f32>(most, load<f32>(x + at));
  const top = f32x4.splat(most);
  for (let at: usize = 0; at < end; at += 16) v128.store(x + at, exp(f32x4.sub(v128.load(x + at), top)));
  let sum: f32 = 0;
  for (let at: usize = 0; at < end; at += 4) sum += load<f32>(x + at);
  const total = f32x4.splat(sum);
  for (let at: usize = 0; at < end; at += 16) v128.store(x + at, f32x4.div(v128.load(x + at), total));
}

/** SwiGLU: `silu(gate) · up`, where silu(g) is g / (1 + e^-g). A column has its gates first, then its ups. */
export function gate(out: usize, x: usize, hidden: usize, columns: usize): void {
  const end = hidden << 2;
  const one = f32x4.splat(1);
  for (let c: usize = 0; c < columns; c++) {
    for (let at: usize = 0; at < end; at += 16) {
      const g = v128.load(x + at);
      const silu = f32x4.div(g, f32x4.add(one, exp(f32x4.neg(g))));
      v128.store(out + at, f32x4.mul(silu, v128.load(x + end + at)));
    }
    x += end << 1;
    out += end;
  }
}

/** Adds `count` numbers to others. */
export function add(to: usize, x: usize, count: usize): void {
  const end = count << 2;
  for (let at: usize = 0; at < end; at += 16) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(x + at)));
}

/**
 * e^x, as in Cephes' expf (Moshier 1992): x = n · ln 2 + r, a polynomial for e^r, and n into the exponent. Below -87 it is
 * e^-87, above 88 it is e^88.
 */
function exp(x: v128): v128 {
  x = f32x4.min(f32x4.max(x, f32x4.splat(-87)), f32x4.splat(88));
  const n = f32x4.nearest(f32x4.mul(x, f32x4.splat(<f32>Math.LOG2E)));
  x = f32x4.sub(x, f32x4.mul(n, f32x4.splat(0.693359375)));
  x = f32x4.sub(x, f32x4.mul(n, f32x4.splat(-2.1219444e-4)));
  let y = f32x4.splat(1.98756915e-4);
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(1.3981999507e-3));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(8.3334519073e-3));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(4.1665795894e-2));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(1.6666665459e-1));
  y = f32x4.add(f32x4.mul(y, x), f32x4.splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(x, x)), x), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

/** Rounds in place to bfloat16, the upper half of a float32: to the nearest, and of two to the even one. */
export function roundToBfloat16(x: usize, count: usize): void {
  const end = count << 2;
  const one = i32x4.splat(1);
  const half = i32x4.splat(0x7fff);
  const kept = i32x4.splat(0xffff0000);
  for (let at: usize = 0; at < end; at += 16) {
    const bits = v128.load(x + at);
    const odd = v128.and(i32x4.shr_u(bits, 16), one);
    v128.store(x + at, v128.and(i32x4.add(bits, i32x4.add(half, odd)), kept));
  }
}

/**
 * Rounds in place to IEEE 754's half precision: 11 bits of significand, steps of 2^-24 below 2^-14, infinite from 65,520
 * on. Adding and taking away 0.5 rounds to steps of 2^-24, since those are a float32's between 0.5 and 1.
 */
export function roundToFloat16(x: usize, count: usize): void {
  const end = count << 2;
  const one = i32x4.splat(1);
  const half = i32x4.splat(0xfff);
  const kept = i32x4.splat(0xffffe000);
  const sign = i32x4.splat(0x80000000);
  const step = f32x4.splat(0.5);
  const least = f32x4.splat(6.103515625e-5);
  const most = f32x4.splat(65504);
  const infinite = f32x4.splat(Infinity);
  for (let at: usize = 0; at < end; at += 16) {
    const value = v128.load(x + at);
    const size = v128.andnot(value, sign);
    const odd = v128.and(i32x4.shr_u(size, 13), one);
    let rounded = v128.and(i32x4.add(size, i32x4.add(half, odd)), kept);
    rounded = v128.bitselect(infinite, rounded, f32x4.gt(rounded, most));
    const small = f32x4.sub(f32x4.add(size, step), step);
    rounded = v128.bitselect(small, rounded, f32x4.lt(size, least));
    v128.store(x + at, v128.or(rounded, v128.and(value, sign)));
  }
}
