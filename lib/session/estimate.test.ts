import { describe, expect, it } from 'vitest';
import { exampleRecipe } from '@/lib/recipe/example';
import { changeDraft, type DraftChange, recipeToDraft } from './draft';
import { countRuns, estimate, estimateRecipe, isMuch } from './estimate';

const plain = recipeToDraft({ ...exampleRecipe, arms: undefined, repeats: 3 });
const draft = (change: DraftChange) => changeDraft(plain, change);
const limit = (max_completion_tokens: string) => ({ max_completion_tokens });

describe('the estimate', () => {
  it('counts the calls of what varies', () => {
    expect(countRuns(draft({}))).toBe(3);
    expect(countRuns(draft({ vary: 'seed' }))).toBe(3);
    expect(countRuns(draft({ vary: 'temperature', values: '0, 1' }))).toBe(6);
    expect(countRuns(draft({ vary: 'reasoning_effort', values: 'low, high' }))).toBe(6);
    expect(countRuns(draft({ vary: 'seed-test' }))).toBe(6);
    expect(countRuns(draft({ vary: 'temperature', values: 'x' }))).toBe(3);
    expect(countRuns(draft({ runs: 'x' }))).toBeNull();
  });

  it('counts the calls of two settings, and of both ways of sending', () => {
    expect(countRuns(draft({ vary: 'two' }))).toBe(6);
    expect(countRuns(draft({ dispatch: 'both' }))).toBe(6);
    expect(countRuns(draft({ vary: 'two', dispatch: 'both' }))).toBe(12);
  });

  it('counts the calls and tokens of a recipe, whatever varies in it', () => {
    const { max_completion_tokens: _, ...unlimited } = exampleRecipe.request;
    const recipe = { ...exampleRecipe, request: unlimited, repeats: 3 };
    const arms = [
      { set: { max_completion_tokens: 10 } },
      { provider: 'other', set: { max_completion_tokens: undefined, max_tokens: 60 } },
    ];
    expect(estimateRecipe({ ...recipe, arms }, true)).toEqual({ calls: 6, tokens: 3 * 10 + 3 * 60, free: true });
    expect(estimateRecipe({ ...recipe, arms: undefined }, false)).toEqual({ calls: 3, tokens: null, free: false });
  });

  it('counts the tokens that may come back, if every call has a limit', () => {
    const tokens = (change: DraftChange) => estimate(draft(change), true)?.tokens;
    const settings = limit('10');
    const other = limit('60');
    expect(tokens({ settings })).toBe(30);
    expect(tokens({ settings, dispatch: 'both' })).toBe(60);
    expect(tokens({ settings, vary: 'two', other })).toBe(3 * 10 + 3 * 60);
    expect(tokens({ settings, vary: 'two' })).toBe(60);
    expect(tokens({ settings: limit(''), vary: 'two', other })).toBeNull();
    expect(tokens({ settings, other })).toBe(30);
    for (const typed of ['', 'x', '1.5', '0']) expect(tokens({ settings: limit(typed) })).toBeNull();
    expect(estimate(draft({ runs: '' }), true)).toBeNull();
    expect(estimate(draft({ settings }), false)).toEqual({ calls: 3, tokens: 30, free: false });
  });

  it.each([
    [20, 20_000, false],
    [21, 0, true],
    [1, 20_001, true],
    [20, null, false],
  ])('of %i calls and %j tokens is much: %j', (calls, tokens, much) => {
    expect(isMuch({ calls, tokens })).toBe(much);
  });
});
