import type { RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import { keyOf, type Rung, type RungOptions, sayRung } from './ladder';
import type { Verdict } from './verdict';

/**
 * The verdict on runs that are held against a text somebody expects: how many of the compared ones give it, on the rung
 * in force; then how they compare among themselves, which is what the verdict said before.
 *
 *     2 of 3 runs give 'yes'  →  "2 of 3 runs match the expected text."
 */
export function describeExpected(
  verdict: Verdict,
  runs: readonly RunRecord[],
  expected: string,
  rung: Rung = 'exact',
  options: RungOptions = {},
): Verdict {
  const compared = runs.filter(isComparable);
  if (compared.length === 0) return verdict;
  const key = keyOf(expected, rung, options);
  const matching = compared.filter(({ text }) => key !== null && keyOf(text, rung, options) === key).length;
  const noun = compared.length === 1 ? 'run matches' : 'runs match';
  return {
    sentence: `${matching} of ${compared.length} ${noun} the expected text${sayRung[rung]}.`,
    detail: [verdict.sentence, verdict.detail].filter(Boolean).join(' '),
    tone: matching === compared.length ? 'same' : 'differ',
  };
}
