import { kernelBytes } from './kernel-bytes';

/** Where numbers begin in the kernel's memory, in bytes. */
export type Address = number;

/**
 * What the kernel can do (assembly/kernel.ts has how). All numbers are float32 in one memory. A column is one place of
 * one text: `columns` of them lie one after the other, and each is worked out by the same operations in the same order,
 * however many there are. Sizes are numbers, not bytes.
 */
export type Kernel = {
  /**
   * A matrix times columns: terms [from, to) of each sum, put in place of what is at `out`, or added to it if `more`.
   * The matrix lies in blocks of eight rows (see `packRows`).
   */
  multiply: (
    out: Address,
    x: Address,
    matrix: Address,
    rows: number,
    inner: number,
    from: number,
    to: number,
    columns: number,
    more: boolean,
  ) => void;
  /** RMSNorm */
  normalize: (out: Address, x: Address, weight: Address, width: number, columns: number, epsilon: number) => void;
  /** rotary position: the heads of one column turned by the angles of its place */
  rotate: (x: Address, cosines: Address, sines: Address, heads: number, size: number) => void;
  /** puts the key and the value of one place into a page of the cache */
  keep: (page: Address, place: number, keys: Address, values: Address, heads: number, size: number) => void;
  /** attention of one column; leaves the weights of each head at `weights`, `weightStep` bytes from head to head */
  attend: (
    out: Address,
    query: Address,
    pages: Address,
    offset: number,
    places: number,
    heads: number,
    size: number,
    weights: Address,
    weightStep: number,
  ) => void;
  softmax: (x: Address, count: number) => void;
  /** SwiGLU: silu(gate) · up */
  gate: (out: Address, x: Address, hidden: number, columns: number) => void;
  add: (to: Address, x: Address, count: number) => void;
  roundToBfloat16: (x: Address, count: number) => void;
  roundToFloat16: (x: Address, count: number) => void;
};

/** Rows of a block of weights: the kernel reads the weights of eight sums at once. */
export const blockRows = 8;
/** Places of a page of the cache. */
export const pagePlaces = 16;

/** The kernel, compiled for this machine, on a memory. It is small enough to be compiled at once anywhere. */
export function loadKernel(memory: WebAssembly.Memory): Kernel {
  const bytes = Uint8Array.from(atob(kernelBytes), (character) => character.charCodeAt(0));
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  // The border to WebAssembly: the compiler has checked what the functions take, and tests that they are there.
  return exports as Kernel;
}

/**
 * Writes a matrix as the kernel reads it: blocks of eight rows, in each the first number of all eight, then the second,
 * and so on. `numberAt(row, column)` is the matrix.
 */
export function packRows(
  to: Float32Array,
  rows: number,
  inner: number,
  numberAt: (row: number, column: number) => number,
): void {
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < inner; column++) to[packedAt(inner, row, column)] = numberAt(row, column);
}

/** Where a packed matrix has a number. */
export const packedAt = (inner: number, row: number, column: number): number =>
  (row - (row % blockRows)) * inner + column * blockRows + (row % blockRows);
