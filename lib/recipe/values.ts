import { err, ok, type Result } from '@/lib/result';
import type { ValuesFault } from './problem';
import { isLong } from './seed';

/** The maximum number of values in one list. */
const maxValues = 100;

/**
 * Parses a list of numbers, with ranges: `1, 2, 5` · `1, 2, .., 10` · `0, 0.2, .., 1`. A range continues with the step
 * between the two numbers before the dots, or with 1 (or -1) after a single number, up to the last number if the steps meet
 * it. Steps are counted in decimals, so that three times 0.1 is 0.3.
 */
export function parseValues(text: string): Result<number[], ValuesFault> {
  const parts = text.split(',').map((part) => part.trim());
  const values: number[] = [];
  for (const [index, part] of parts.entries()) {
    if (part === '..' || part === '...' || part === '…') {
      const range = continueTo(values, Number(parts[index + 1] || Number.NaN));
      if (!range) return err({ kind: 'not-a-range', text: part });
      values.push(...range);
    } else if (part === '' || Number.isNaN(Number(part))) return err({ kind: 'not-a-number', text: part });
    else values.push(Number(part));
    if (values.length > maxValues) return err({ kind: 'too-many-values', max: maxValues });
  }
  return ok([...new Set(values)]);
}

/** The numbers between the last one so far and `end`, both excluded; null if no steps lead there. */
function continueTo(values: readonly number[], end: number): number[] | null {
  const [last, before] = [values.at(-1), values.at(-2)];
  if (last === undefined || Number.isNaN(end)) return null;
  const step = before === undefined ? Math.sign(end - last) : last - before;
  if (step === 0 || Math.sign(end - last) !== Math.sign(step)) return null;
  const count = Math.min((end - last) / step, maxValues + 1);
  const decimals = (x: number) => Number(x.toFixed(10));
  const between = Array.from({ length: Math.floor(count + 1e-9) }, (_, at) => decimals(last + (at + 1) * step));
  return between.filter((value) => Math.abs(value - end) > 1e-9);
}

/** How deep an object in a request may be nested: JSON is read and compared level by level. */
const maxDepth = 32;

/** Whether a value is a JSON object of at most so many characters. */
export function isBody(value: unknown, maxCharacters: number): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPlain(value, maxDepth)) return false;
  return JSON.stringify(value).length <= maxCharacters;
}

/**
 * Where in a value the first whole number stands that numbers cannot tell from its neighbours, so that JSON.parse may have made another
 * one of it; null if there is none: `inexactAt({ a: [9007199254740993] })` is ['a', '0']. One under "seed" may have been read as its digits
 * (see `parseWithSeeds`), and would be sent as a text.
 */
export function inexactAt(value: unknown): string[] | null {
  if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value) ? [] : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, each] of Object.entries(value)) {
    const at = key === 'seed' && isLong(each) ? [] : inexactAt(each);
    if (at) return [key, ...at];
  }
  return null;
}

/** Whether a value is of JSON throughout, and no deeper than that. */
function isPlain(value: unknown, depth: number): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'object' && depth > 0 && Object.values(value).every((each) => isPlain(each, depth - 1));
}
