import { describe, expect, it } from 'vitest';
import { aRecipe } from '@/lib/run/records.fixture';
import { tooLargeRecipe } from './recipe-size';

const saying = (characters: number) => [{ role: 'user' as const, content: 'x'.repeat(characters) }];
const arms = (count: number, set = {}) => Array.from({ length: count }, () => ({ set }));

describe('the size of a recipe', () => {
  it('is that of the messages of all arms, at most 4,194,304 characters', () => {
    const recipe = { ...aRecipe(), request: { ...aRecipe().request, messages: saying(32_000) }, repeats: 1 };
    expect(tooLargeRecipe({ ...recipe, arms: arms(131) })).toBeNull();
    expect(tooLargeRecipe({ ...recipe, arms: arms(132) })).toEqual({
      status: 413,
      code: 'recipe_too_large',
      message: 'The messages of all arms have 4224000 characters; together they may have at most 4194304.',
      param: 'arms',
    });
    expect(tooLargeRecipe({ ...recipe, arms: arms(1000, { messages: saying(4194) }) })).toBeNull();
  });

  it('does not depend on how often a recipe without arms runs', () => {
    expect(tooLargeRecipe({ ...aRecipe(), repeats: 1000 })).toBeNull();
  });
});
