import { builtInProvider, type Recipe } from './recipe';

/**
 * What the page opens with: one seed, five times, as the page's title asks. The model is simulated on three back ends, which
 * calculate in number formats of their own: with this seed, one of them ends up with another text.
 */
export const exampleRecipe: Recipe = {
  v: 1,
  provider: builtInProvider,
  request: {
    model: 'sapling-1-fleet',
    messages: [{ role: 'user', content: 'Write a haiku about the moon.' }],
    seed: 69,
    temperature: 0.7,
    max_completion_tokens: 60,
  },
  repeats: 5,
};
