/**
 * A seed: a whole number of 64 bits, with a sign or without. Beyond ±(2^53 - 1), where JavaScript's numbers are no longer
 * exact, it is a text of its digits, so that JSON carries it everywhere as it is; up to there it is a number, and nothing else.
 *
 *     7 · -1 · 9007199254740991 · '9007199254740992' · '18446744073709551615'
 */
export type Seed = number | string;

/** The range of seeds, as digits: int64 as at OpenAI, and uint64, which others take. */
export const seedRange = { min: '-9223372036854775808', max: '18446744073709551615' } as const;

const digits = /^-?[1-9]\d{15,19}$/;

export function isSeed(value: unknown): value is Seed {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'string' || !digits.test(value)) return false;
  const exact = BigInt(value);
  return typeof seedOf(exact) === 'string' && BigInt(seedRange.min) <= exact && exact <= BigInt(seedRange.max);
}

/** Whether a value is the digits of a whole number that is read as such because a number cannot hold it. */
export const isLong = (value: unknown): boolean => typeof value === 'string' && digits.test(value);

/** A whole number of any size as a seed is written. */
export const seedOf = (exact: bigint): Seed => (Number.isSafeInteger(Number(exact)) ? Number(exact) : exact.toString());

/** A seed as a number to calculate with, or to write as JSON (see `stringifyExactly`). */
export const exactOf = (seed: Seed): number | bigint => (typeof seed === 'string' ? BigInt(seed) : seed);

/** The seed that comes so many after another one. */
export const seedAfter = (seed: Seed, steps: number): Seed => seedOf(BigInt(seed) + BigInt(steps));

/** The whole number that a text writes in digits, as a seed; null if it writes none. It may be beyond the range of seeds. */
export const readSeed = (text: string): Seed | null => (/^[+-]?\d{1,40}$/.test(text) ? seedOf(BigInt(text)) : null);

/** What holds a whole number under "seed" that JSON.parse alone would round. */
const longSeed = /"seed"\s*:\s*-?\d{16}/;

/**
 * The value of a JSON text, as JSON.parse has it, except that a number under "seed" is kept to its last digit: as a seed, or
 * as what `write` makes of it.
 */
export function parseWithSeeds(text: string, write: (exact: bigint) => unknown = seedOf): unknown {
  if (!longSeed.test(text)) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown, context?: { source?: string }) => {
    const { source = '' } = context ?? {};
    return key === 'seed' && typeof value === 'number' && digits.test(source) ? write(BigInt(source)) : value;
  });
}

/** The value of a JSON text, in which whole numbers that JSON.parse would round are bigints. */
export const parseExactly = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown, context?: { source?: string }) => {
    const { source = '' } = context ?? {};
    return typeof value === 'number' && isRounded(value, source) ? BigInt(source) : value;
  });

const isRounded = (value: number, source: string): boolean =>
  /^-?\d{16,}$/.test(source) && String(value) !== source && BigInt(value) !== BigInt(source);

/** The JSON text of a value in which large whole numbers are bigints. */
export const stringifyExactly = (value: unknown, indent = 0): string => JSON.stringify(value, writeExactly, indent);

const writeExactly = (_: string, entry: unknown): unknown =>
  typeof entry === 'bigint' ? JSON.rawJSON(entry.toString()) : entry;

declare global {
  interface JSON {
    /** A value that JSON.stringify writes as this text, which must be that of a number or the like. */
    rawJSON(text: string): object;
  }
}
