export function milliseconds(work: () => unknown): number {
  const before = performance.now();
  work();
  return performance.now() - before;
}

/** The quickest of several: other work on the machine can only make it slower. */
export const quickest = (times: number, work: () => unknown): number =>
  Math.min(...Array.from({ length: times }, () => milliseconds(work)));

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

export const round = (value: number): number => Number(value.toPrecision(3));
