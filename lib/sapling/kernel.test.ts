import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { type Kernel, loadKernel, packRows, pagePlaces } from './kernel';
import { Memory } from './memory';
import { dot, exp, gate, normalize, rotate, roundToBfloat16, softmax } from './twin.fixture';

const memory = new Memory();
let kernel: Kernel;
beforeAll(() => {
  kernel = loadKernel(memory.wasm);
});

const place = (numbers: readonly number[]): number => {
  const at = memory.numbers(numbers.length);
  memory.floats(at, numbers.length).set(numbers);
  return at;
};
const read = (at: number, count: number): number[] => [...memory.floats(at, count)];

/** Any float32: a few near 1, others as small and as large as they come, with zeros of both signs. */
const near = fc.float({ min: -4, max: 4, noNaN: true });
const any = fc.oneof(
  { weight: 6, arbitrary: near },
  { weight: 2, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 2 ** -149, -(2 ** -149), 2 ** -127, 2 ** 100, -(2 ** 100)) },
);
const vector = (length: number, each = any) => fc.array(each, { minLength: length, maxLength: length });
const runs = (all: number) => ({ seed: 18, numRuns: cases(all) });

/** Equal to the last bit, but that there is one NaN: what it carries is left open by WebAssembly. */
const expectSame = (found: readonly number[], expected: readonly number[]) =>
  expect(found.map(bitsOf)).toEqual(expected.map(bitsOf));
const bitsOf = (x: number): number => new Uint32Array(Float32Array.of(Number.isNaN(x) ? Number.NaN : x).buffer)[0] ?? 0;

describe('a product of matrix and columns', () => {
  const shape = fc.record({
    blocks: fc.integer({ min: 1, max: 9 }),
    inner: fc.integer({ min: 1, max: 40 }),
    columns: fc.integer({ min: 1, max: 9 }),
    parts: fc.integer({ min: 1, max: 5 }),
  });
  const product = shape.chain((sizes) =>
    fc.record({
      sizes: fc.constant(sizes),
      matrix: fc.array(vector(sizes.inner), { minLength: sizes.blocks * 8, maxLength: sizes.blocks * 8 }),
      x: fc.array(vector(sizes.inner), { minLength: sizes.columns, maxLength: sizes.columns }),
    }),
  );
  const multiply = (matrix: number[][], x: number[][], parts: number): number[][] => {
    const inner = x[0]?.length ?? 0;
    const packed = memory.numbers(matrix.length * inner);
    packRows(memory.floats(packed, matrix.length * inner), matrix.length, inner, (row, at) => matrix[row]?.[at] ?? 0);
    const [columns, out] = [place(x.flat()), place(x.flatMap(() => matrix.map(() => 7)))];
    for (let part = 0; part < parts; part++) {
      const [from, to] = [Math.floor((inner * part) / parts), Math.floor((inner * (part + 1)) / parts)];
      kernel.multiply(out, columns, packed, matrix.length, inner, from, to, x.length, part > 0);
    }
    return x.map((_, at) => read(out + at * matrix.length * 4, matrix.length));
  };

  it('is the sums of the twin, whatever their shape and parts', () => {
    fc.assert(
      fc.property(product, ({ sizes: { parts }, matrix, x }) => {
        const expected = x.map((column) => matrix.map((row) => dot(row, column, parts)));
        expectSame(multiply(matrix, x, parts).flat(), expected.flat());
      }),
      runs(300),
    );
  });

  it('is the same for a column alone', () => {
    fc.assert(
      fc.property(product, ({ sizes: { parts }, matrix, x }) => {
        const alone = x.map((column) => multiply(matrix, [column], parts)[0] ?? []);
        expectSame(multiply(matrix, x, parts).flat(), alone.flat());
      }),
      runs(200),
    );
  });

  it('depends on the parts', () => {
    const row = [1, 2 ** -24, 2 ** -24, 2 ** -24];
    const ones = Array.from({ length: 8 }, () => row);
    expect(multiply(ones, [[1, 1, 1, 1]], 1)[0]?.[0]).toBe(1);
    expect(multiply(ones, [[1, 1, 1, 1]], 2)[0]?.[0]).toBe(1 + 2 ** -23);
  });
});

it('RMSNorm is that of the twin', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(vector(16), vector(16)), { minLength: 1, maxLength: 4 }),
      vector(16),
      (pairs, weight) => {
        const x = pairs.map(([one, two]) => [...one, ...two]);
        const weights = [...weight, ...weight];
        const out = memory.numbers(32 * x.length);
        kernel.normalize(out, place(x.flat()), place(weights), 32, x.length, 1e-5);
        expectSame(
          read(out, 32 * x.length),
          x.flatMap((column) => normalize(column, weights, 1e-5)),
        );
      },
    ),
    runs(300),
  );
});

it('a turn of heads is that of the twin', () => {
  fc.assert(
    fc.property(vector(32), vector(32), vector(16), vector(16), (one, two, cosines, sines) => {
      const at = place([...one, ...two]);
      kernel.rotate(at, place(cosines), place(sines), 2, 32);
      expectSame(read(at, 64), [...rotate(one, cosines, sines), ...rotate(two, cosines, sines)]);
    }),
    runs(300),
  );
});

describe('the exponential', () => {
  // Of two numbers, softmax has e^0 = 1 and e^-x; SwiGLU has e^x of either sign.
  it('makes a softmax as the twin does, of any length', () => {
    fc.assert(
      fc.property(fc.array(any, { minLength: 1, maxLength: 40 }), (x) => {
        const at = place([...x, ...Array.from({ length: 4 }, () => 1e30)]);
        kernel.softmax(at, x.length);
        expectSame(read(at, x.length), softmax(x));
      }),
      runs(500),
    );
  });

  it('makes a gate as the twin does', () => {
    const each = fc.oneof(any, fc.float({ min: -100, max: 100, noNaN: true }));
    fc.assert(
      fc.property(vector(24, each), vector(24), (gates, ups) => {
        const out = memory.numbers(24);
        kernel.gate(out, place([...gates, ...ups]), 24, 1);
        expectSame(read(out, 24), gate(gates, ups));
      }),
      runs(500),
    );
  });

  it('is within two last bits of the true one', () => {
    for (let x = -86.9; x < 88; x += 0.0137) {
      const value = Math.fround(x);
      expect(Math.abs(exp(value) / Math.exp(value) - 1)).toBeLessThan(2 ** -22);
    }
  });
});

describe('attention', () => {
  it('is that of the twin, over any number of pages', () => {
    const [heads, size] = [2, 16];
    const width = heads * size;
    const several = fc.array(fc.tuple(vector(width, near), vector(width, near)), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(several, vector(width, near), (kept, query) => {
        const pages = Array.from({ length: Math.ceil(kept.length / pagePlaces) }, () =>
          memory.numbers(2 * width * pagePlaces),
        );
        for (const [at, [key, value]] of kept.entries())
          kernel.keep(pages[Math.floor(at / pagePlaces)] ?? 0, at % pagePlaces, place(key), place(value), heads, size);
        const table = memory.numbers(pages.length);
        memory.words(table, pages.length).set(pages);
        const [out, weights] = [memory.numbers(width), memory.numbers(heads * 64)];
        kernel.attend(out, place(query), table, 0, kept.length, heads, size, weights, 256);
        for (let head = 0; head < heads; head++) {
          const part = (x: readonly number[]) => x.slice(head * size, (head + 1) * size);
          const looked = softmax(kept.map(([key]) => Math.fround(dot(part(query), part(key)) * 0.25)));
          expectSame(read(weights + head * 256, kept.length), looked);
          const seen = part(query).map((_, at) =>
            dot(
              looked,
              kept.map(([, value]) => part(value)[at] ?? 0),
            ),
          );
          expectSame(read(out + head * size * 4, size), seen);
        }
      }),
      runs(200),
    );
  });
});

describe('rounding', () => {
  const everySort = fc.oneof(
    any,
    fc.float({ min: -(2 ** -13), max: 2 ** -13, noNaN: true }),
    fc.float({ min: 65_000, max: 66_000, noNaN: true }),
    fc.constantFrom(
      65_504,
      65_519,
      65_520,
      2 ** -24,
      2 ** -25,
      3 * 2 ** -25,
      1 + 2 ** -11,
      1 + 3 * 2 ** -11,
      1 + 2 ** -8,
      1 + 3 * 2 ** -8,
    ),
  );

  it('to half precision is that of the engine', () => {
    fc.assert(
      fc.property(vector(16, everySort), (x) => {
        const at = place(x);
        kernel.roundToFloat16(at, 16);
        expectSame(read(at, 16), x.map(Math.f16round));
      }),
      runs(1000),
    );
  });

  it('to bfloat16 goes to the nearest, of two to the even one', () => {
    fc.assert(
      fc.property(vector(16, everySort), (x) => {
        const at = place(x);
        kernel.roundToBfloat16(at, 16);
        expectSame(read(at, 16), x.map(roundToBfloat16));
      }),
      runs(1000),
    );
    expect([0.3, 1 + 2 ** -8, 1 + 3 * 2 ** -8].map(roundToBfloat16)).toEqual([0.30078125, 1, 1 + 2 ** -6]);
  });
});

it('sums of two are those of the twin', () => {
  fc.assert(
    fc.property(vector(20), vector(20), (a, b) => {
      const at = place(a);
      kernel.add(at, place(b), 20);
      expectSame(
        read(at, 20),
        a.map((value, index) => Math.fround(value + (b[index] ?? 0))),
      );
    }),
    runs(200),
  );
});
