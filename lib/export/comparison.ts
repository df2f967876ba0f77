import type { Comparison } from '@/lib/api/comparison';
import type { EqualityMode, EqualityOptions } from '@/lib/compare/align/equality';
import { compareRuns } from '@/lib/compare/comparison';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { sayReason } from '@/lib/words/left-out';
import { sayVerdict } from '@/lib/words/verdict';

/** Compares the runs of one recipe, with facts and sentences, for answers and files. */
export function toComparison(
  recipe: Recipe,
  runs: readonly RunRecord[],
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): Comparison {
  const { facts, ...figures } = compareRuns(recipe, runs, mode, options);
  return {
    ...figures,
    leftOut: facts.leftOut.map(({ run, reason }) => ({ run, why: sayReason(reason) })),
    verdict: sayVerdict(facts).sentence,
    facts,
  };
}
