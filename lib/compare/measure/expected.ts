import { type EqualityMode, type EqualityOptions, keyOf, sayMode } from '@/lib/compare/align/equality';
import type { RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import type { Verdict } from './verdict';

/**
 * The verdict on runs that are held against a text somebody expects: how many of the compared ones give it, under the mode
 * in force; then how they compare among themselves, which is what the verdict said before.
 *
 *     2 of 3 runs give 'yes'  →  "2 of 3 runs match the expected text."
 */
export function describeExpected(
  verdict: Verdict,
  runs: readonly RunRecord[],
  expected: string,
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): Verdict {
  const compared = runs.filter(isComparable);
  if (compared.length === 0) return verdict;
  const key = keyOf(expected, mode, options);
  const matching = compared.filter(({ text }) => key !== null && keyOf(text, mode, options) === key).length;
  const noun = compared.length === 1 ? 'run matches' : 'runs match';
  return {
    sentence: `${matching} of ${compared.length} ${noun} the expected text${sayMode[mode]}.`,
    detail: [verdict.sentence, verdict.detail].filter(Boolean).join(' '),
    tone: matching === compared.length ? 'same' : 'differ',
  };
}
