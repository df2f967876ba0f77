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

  it('has a bound for tokens with a bias, of all arms together', () => {
    const biased = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, token) => [token, 1]));
    const recipe = aRecipe({ request: { ...aRecipe().request, logit_bias: biased(6000) } });
    const varied = (count: number) => ({ ...recipe, arms: [{ set: {} }, { set: { logit_bias: biased(count) } }] });
    expect(tooLargeRecipe(varied(4000))).toBeNull();
    expect(tooLargeRecipe(varied(4001))).toEqual({
      status: 413,
      code: 'recipe_too_large',
      message: 'logit_bias has 10001 tokens in all; it may have at most 10000.',
      param: 'request.logit_bias',
    });
  });

  it('does not depend on how often a recipe without arms runs', () => {
    expect(tooLargeRecipe({ ...aRecipe(), repeats: 1000 })).toBeNull();
  });
});
