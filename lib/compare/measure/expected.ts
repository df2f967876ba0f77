import { type EqualityMode, type EqualityOptions, keyOf } from '@/lib/compare/align/equality';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';
import { judgeRuns } from './judge';
import type { Verdict } from './verdict';

/**
 * The verdict on runs compared with an expected text: which of the compared runs give it under the mode, then how they
 * compare `among` themselves. Only the latter if no run is compared.
 *
 *     'yes', 'no', 'yes', expected 'yes'  →  { kind: 'expected', matching: [1, 3], compared: 3, among: { kind: 'differ', … } }
 */
export function judgeExpected(
  recipe: Recipe,
  runs: readonly RunRecord[],
  expected: string,
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): Verdict {
  const among = judgeRuns(recipe, runs, mode, options);
  const compared = runs.filter(isComparable);
  if (compared.length === 0) return among;
  const key = keyOf(expected, mode, options);
  const matching = compared.filter(({ text }) => key !== null && keyOf(text, mode, options) === key);
  return { kind: 'expected', mode, matching: matching.map(({ run }) => run), compared: compared.length, among };
}
