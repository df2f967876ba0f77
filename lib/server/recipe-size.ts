import type { Problem } from '@/lib/http/problem';
import type { Recipe } from '@/lib/recipe/recipe';

/** The most that the messages of all arms may hold together, in characters: each arm is hashed, searched and sent whole. */
const maxCharacters = 4 * 1024 * 1024;

/** The most tokens with a bias that it may have: each is checked, sorted and hashed. */
const maxBiases = 10_000;

/** Why a recipe is too large to be kept and run; null if it is not. */
export function tooLargeRecipe({ request, arms = [] }: Recipe): Problem | null {
  const biases = [request, ...arms.map(({ set }) => set)].reduce((sum, each) => sum + biasesOf(each), 0);
  if (biases > maxBiases) {
    const message = `logit_bias has ${biases} tokens in all; it may have at most ${maxBiases}.`;
    return { status: 413, code: 'recipe_too_large', message, param: 'request.logit_bias' };
  }
  const characters = arms.reduce((sum, { set }) => sum + charactersOf(set.messages ?? request.messages), 0);
  if (characters <= maxCharacters) return null;
  const message = `The messages of all arms have ${characters} characters; together they may have at most ${maxCharacters}.`;
  return { status: 413, code: 'recipe_too_large', message, param: 'arms' };
}

const biasesOf = ({ logit_bias }: Partial<Recipe['request']>): number => Object.keys(logit_bias ?? {}).length;

const charactersOf = (messages: Recipe['request']['messages']): number =>
  messages.reduce((sum, { content }) => sum + content.length, 0);
