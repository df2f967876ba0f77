const wasmPage = 65_536;
/** Of what SIMD loads and stores. */
const alignment = 16;

/** The kernel's memory: parts of it are given away, one after the other, and never come back; it grows as it must. */
export class Memory {
  readonly wasm = new WebAssembly.Memory({ initial: 1 });
  // Nothing begins at 0, so that an address is never mistaken for "none".
  #end = alignment;
  #floats = new Float32Array(this.wasm.buffer);
  #words = new Uint32Array(this.wasm.buffer);

  get buffer(): ArrayBuffer {
    return this.wasm.buffer;
  }

  /** Of zeros. */
  allocate(bytes: number): number {
    const at = this.#end;
    const end = at + Math.ceil(bytes / alignment) * alignment;
    const missing = end - this.buffer.byteLength;
    if (missing > 0) this.wasm.grow(Math.ceil(missing / wasmPage));
    this.#end = end;
    return at;
  }

  /** Room for `count` numbers. */
  numbers(count: number): number {
    return this.allocate(count * 4);
  }

  /** Numbers at an address, to read or write until the memory grows. */
  floats(at: number, count: number): Float32Array {
    if (this.#floats.buffer !== this.buffer) this.#floats = new Float32Array(this.buffer);
    return this.#floats.subarray(at / 4, at / 4 + count);
  }

  words(at: number, count: number): Uint32Array {
    if (this.#words.buffer !== this.buffer) this.#words = new Uint32Array(this.buffer);
    return this.#words.subarray(at / 4, at / 4 + count);
  }
}
