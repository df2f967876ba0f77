import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cases } from '@/lib/cases.fixture';
import { withMutations } from './any-mutation.fixture';
import { anyRecipe } from './any-recipe.fixture';
import { checkRecipe } from './check';
import { parseRecipe } from './schema';

describe('a recipe in the page', () => {
  it('is read, or refused with the same fault at the same place, as the server would', () => {
    const verdicts = { ok: 0, refused: 0 };
    fc.assert(
      fc.property(withMutations(anyRecipe), (input) => {
        const parsed = parseRecipe(input);
        verdicts[parsed.ok ? 'ok' : 'refused']++;
        expect(checkRecipe(input)).toEqual(parsed);
      }),
      { seed: 21, numRuns: cases(4000) },
    );
    expect(Math.min(verdicts.ok, verdicts.refused)).toBeGreaterThan(cases(4000) / 10);
  });
});
