import type { Outcome } from './judge';

/** What the command ends with, for the shell and for CI. */
export const exitCodes = { holds: 0, fails: 1, badUse: 2, notJudged: 3, undecided: 4, stopped: 130 } as const;

/** The code for the cases of a suite: 0 only where each of them, and one at least, was judged and holds. */
export function exitCodeOf(outcomes: readonly Outcome[]): number {
  if (outcomes.includes('fails')) return exitCodes.fails;
  if (outcomes.every((outcome) => outcome === 'not-judged')) return exitCodes.notJudged;
  return outcomes.every((outcome) => outcome === 'holds') ? exitCodes.holds : exitCodes.undecided;
}
