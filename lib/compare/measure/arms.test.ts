import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { plan } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { aRecipe, ended } from '@/lib/run/records.fixture';
import { compareArms } from './arms';

const recipe: Recipe = aRecipe({
  arms: [{ label: 'T 0', set: { temperature: 0 } }, { set: { temperature: 1 } }],
  repeats: 2,
});

const withTexts = (texts: readonly string[]): RunRecord[] =>
  plan(recipe).map((spec, index) => ({ ...ended(spec.run, texts[index] ?? ''), ...spec }));

describe('compareArms', () => {
  it('says what each arm gave, in letters common to all', () => {
    expect(compareArms(recipe, withTexts(['x', 'x', 'x', 'y']))).toEqual([
      { arm: 0, label: 'T 0', runs: 2, compared: 2, letters: [{ letter: 'A', count: 2 }] },
      {
        arm: 1,
        label: null,
        runs: 2,
        compared: 2,
        letters: [
          { letter: 'A', count: 1 },
          { letter: 'B', count: 1 },
        ],
      },
    ]);
  });

  it('counts runs that are left out, and compares the rest', () => {
    expect(compareArms(recipe, withTexts(['x', '', 'x', '']))?.map(({ compared }) => compared)).toEqual([1, 1]);
  });

  it('has nothing to say if nothing varies, or each arm has one run', () => {
    expect(compareArms(aRecipe({ repeats: 3 }), [])).toBeNull();
    expect(compareArms({ ...recipe, repeats: 1 }, [])).toBeNull();
  });

  it('has each compared run in one letter', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('x', 'y', 'z', ''), { minLength: 4, maxLength: 4 }), (texts) => {
        for (const arm of compareArms(recipe, withTexts(texts)) ?? [])
          expect(arm.letters.reduce((sum, { count }) => sum + count, 0)).toBe(arm.compared);
      }),
      { seed: 2, numRuns: cases(200) },
    );
  });
});
