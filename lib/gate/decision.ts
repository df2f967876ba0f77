import { chosenShare, clopperPearson } from '@/lib/compare/measure/agreement';

/** What runs show of a demand: that it holds, that it fails, or that there are too few of them to tell. */
export type Decision = 'holds' | 'fails' | 'undecided';

/** How often either side may err, all looks at a case together: an interval of 95 % that is left at both ends. */
const error = 0.025;

/** When a case is looked at, by the number of its runs, and how often an interval's end may err at each look. */
export type Looks = { at: readonly number[]; tail: number };

/** A case that is looked at once, after all its runs. */
export const oneLook = (runs: number): Looks => ({ at: [runs], tail: error });

/**
 * A case that ends as soon as it is decided: it is looked at after an eighth, a quarter, half and all of its runs. A group
 * sequential design (Pocock 1977) whose error is split evenly between the looks: by Bonferroni's inequality an end of one of the
 * intervals is wrong no more often than that of a single look. Unlike bounds that use how the looks depend on each other, that
 * holds for any intervals, so for a text that is chosen from the runs as well; and decides sooner than intervals that hold at
 * every number of runs at once (Robbins 1970): 50 equal runs of 100 where those need 75, for nine in ten.
 *
 *     looksUpTo(100)  →  { at: [13, 25, 50, 100], tail: 0.00625 }
 */
export function looksUpTo(max: number): Looks {
  const at = [...new Set([8, 4, 2, 1].map((part) => Math.ceil(max / part)))];
  return { at, tail: error / at.length };
}

/** The interval for the share of a text that was named before the runs; that of all of them where there are none. */
export const namedShare = (matching: number, compared: number, tail: number): [low: number, high: number] =>
  compared === 0 ? [0, 1] : clopperPearson(matching, compared, tail);

/** The same for the text that most runs have, which is known only from them. */
export const commonestShare = (matching: number, compared: number, tail: number): [low: number, high: number] =>
  matching === 0 ? namedShare(matching, compared, tail) : chosenShare(matching, compared, tail);

/** Holds a share's interval against the share that is wanted: it must lie on one side of it. */
export function decide([low, high]: readonly [low: number, high: number], wanted: number): Decision {
  if (low >= wanted) return 'holds';
  return high < wanted ? 'fails' : 'undecided';
}

/** How many runs would do for a demand to hold if every one of them met it. */
export function runsToHold(wanted: number, interval: typeof namedShare, tail: number): number {
  let runs = 1;
  while (interval(runs, runs, tail)[0] < wanted) runs++;
  return runs;
}
