import { groupTexts } from '@/lib/compare/align/groups';
import { armLabel } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { isComparable } from './comparable';

/** What one arm's runs gave. `letters` are those of all runs together, each with how many of the arm's runs have it. */
export type ArmTexts = {
  /** its place in the recipe, from 0 */
  arm: number;
  /** as `armLabel` has it */
  label: string | null;
  runs: number;
  compared: number;
  letters: { letter: string; count: number }[];
};

/**
 * The texts of each arm, in the order of the recipe; null if nothing varies. Arms of one run each add nothing to the
 * columns, so they give null too.
 *
 *     T 0: 'x' 'x'   T 1: 'x' 'y'   →  T 0: 2 × A   T 1: 1 × A, 1 × B
 */
export function compareArms(recipe: Recipe, runs: readonly RunRecord[]): ArmTexts[] | null {
  if (!recipe.arms || recipe.arms.length < 2 || recipe.repeats < 2) return null;
  const compared = runs.filter(isComparable);
  const groups = groupTexts(compared);
  return recipe.arms.map((_, arm) => {
    const own = new Set(compared.filter((run) => run.arm === arm).map(({ run }) => run));
    const letters = groups.map((group) => ({
      letter: group.letter,
      count: group.runs.filter((run) => own.has(run)).length,
    }));
    return {
      arm,
      label: armLabel(recipe, arm),
      runs: recipe.repeats,
      compared: own.size,
      letters: letters.filter(({ count }) => count > 0).toSorted((a, b) => b.count - a.count),
    };
  });
}
