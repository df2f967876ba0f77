import { isComparable } from '@/lib/compare/measure/comparable';
import type { RunRecord } from '@/lib/run/record';
import { type Decision, decide, namedShare, oneLook, runsToHold } from './decision';

/** A cached text, and the run that was made by asking for it once more; `of` tells requests apart. */
export type AskedAgain = { of: string; cached: string; now: RunRecord };

/** Whether the texts of a cache would still come. `wanted` is the share that should, of all that are in the cache. */
export type CacheVerified = {
  outcome: Decision | 'not-judged';
  asked: number;
  compared: number;
  matching: number;
  interval: [low: number, high: number];
  wanted: number;
  /** how many answers would do for it to hold, if all of them matched */
  enough: number;
  /** by request, in the order in which they were asked */
  requests: { of: string; asked: number; compared: number; matching: number }[];
};

/** Holds a sample of cached texts against what came when they were asked for again: exactly the same text, or another. */
export function verifyCache(pairs: readonly AskedAgain[], wanted: number): CacheVerified {
  const { compared, matching } = count(pairs);
  const { tail } = oneLook(pairs.length);
  const interval = namedShare(matching, compared, tail);
  return {
    outcome: compared === 0 ? 'not-judged' : decide(interval, wanted),
    ...{ asked: pairs.length, compared, matching, interval, wanted },
    enough: runsToHold(wanted, namedShare, tail),
    requests: [...Map.groupBy(pairs, ({ of }) => of)].map(([of, own]) => ({ of, asked: own.length, ...count(own) })),
  };
}

function count(pairs: readonly AskedAgain[]): { compared: number; matching: number } {
  const compared = pairs.filter(({ now }) => isComparable(now));
  return { compared: compared.length, matching: compared.filter(({ cached, now }) => cached === now.text).length };
}
