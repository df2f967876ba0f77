import { z } from 'zod';
import file from './h200-batch-rounding.json';

/** Batches had from one row to as many as this. */
export const maxBatch = 256;

/** One result of a product: the smallest and the largest batch size that gave it, and how many sizes did. */
const SizesOfResult = z.tuple([z.int(), z.int(), z.int()]);

/**
 * One product: a row of K numbers times a K × N matrix. `results` says how many values it took over all batch sizes, `sizes` has
 * the most frequent ones, eight at most, and `largest` is the greatest difference of one output from its value in a batch of one.
 * The same bits came in 200 repeats at one batch size.
 */
const Product = z.object({
  dtype: z.enum(['bfloat16', 'float16', 'float32']),
  K: z.int(),
  N: z.int(),
  results: z.int(),
  sizes: z.array(SizesOfResult),
  largest: z.number(),
  same_size_repeats: z.literal(true),
});
export type Product = z.infer<typeof Product>;

const Measurement = z.object({ gpu: z.string(), torch: z.string(), cuda: z.string(), rows: z.array(Product) });

/**
 * What a real GPU did: the same row times the same matrix, in batches of 1 to 256 rows. It was measured for this project,
 * on one machine; the file beside this one says how.
 */
export const measurement = Measurement.parse(file);

/** Batch sizes in a row that gave the same result: its index in `sizes`, or several where the measurement does not tell. */
export type Stretch = { from: number; to: number; results: readonly number[] };

/**
 * Which result came at which batch size, as far as the measurement tells: it has the smallest and the largest size of a
 * result and how many there are, so where the sizes of two are mixed it leaves open which had which. Results that it does not
 * list count as one, whose index follows on theirs.
 *
 *     sizes [[25, 256, 222], [1, 48, 34]]  →  1 to 24: [1] · 25: [0] · 26 to 47: [0, 1] · 48: [1] · 49 to 256: [0]
 */
export function stretchesOf({ sizes }: Product): Stretch[] {
  const unlisted = maxBatch - sizes.reduce((sum, [, , count]) => sum + count, 0);
  const spans = unlisted > 0 ? [...sizes, [1, maxBatch, unlisted] as const] : sizes;
  const open = Array.from({ length: maxBatch }, (_, at): number[] => {
    const size = at + 1;
    const end = sizes.findIndex(([smallest, largest]) => size === smallest || size === largest);
    if (end >= 0) return [end];
    return spans.flatMap(([smallest, largest], result) => (smallest <= size && size <= largest ? [result] : []));
  });
  while (spans.some(([, , count], result) => settle(open, result, count)));
  const starts = open.flatMap((results, at) => (results.join() === open[at - 1]?.join() ? [] : [at]));
  return starts.map((at, index) => ({ from: at + 1, to: starts[index + 1] ?? maxBatch, results: open[at] ?? [] }));
}

/**
 * Settles which sizes a result with so many of them has, if that follows: it takes all it may have if it needs them all, and
 * no others once it has enough. Whether anything was settled.
 */
function settle(open: number[][], result: number, count: number): boolean {
  const possible = open.flatMap((results, at) => (results.includes(result) ? [at] : []));
  const shared = possible.filter((at) => open[at]?.length !== 1);
  const needsAll = possible.length === count;
  const hasEnough = possible.length - shared.length === count;
  if (shared.length === 0 || !(needsAll || hasEnough)) return false;
  for (const at of shared) open[at] = needsAll ? [result] : (open[at] ?? []).filter((each) => each !== result);
  return true;
}
