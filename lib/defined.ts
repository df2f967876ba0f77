/**
 * A value that is there, although its type leaves it open: the element at an index that is within bounds, the first of a
 * list that is never empty. Throws an Error if it is not, since then the program is wrong.
 */
export function defined<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('A value is missing that cannot be missing.');
  return value;
}
