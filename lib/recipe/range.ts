import type { ParameterKey } from './parameters.ts';
import { exactOf, type Seed } from './seed.ts';

/** The parameters whose values a server is known to take only from a range. */
export const rangedKeys = ['seed', 'temperature', 'top_logprobs'] as const satisfies readonly ParameterKey[];
export type RangedKey = (typeof rangedKeys)[number];

/** The least and the greatest value. */
export type Range = readonly [min: Seed, max: Seed];

/** Whether a value lies beyond a range. */
export const isBeyond = (value: Seed, [min, max]: Range): boolean =>
  exactOf(value) < exactOf(min) || exactOf(value) > exactOf(max);
