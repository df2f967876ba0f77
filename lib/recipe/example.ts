import type { Recipe } from './recipe';

/** What the page opens with. It has several seeds on purpose: the first thing to find out is what a seed does. */
export const exampleRecipe: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about the moon.' }],
    seed: 1,
    temperature: 0.2,
    max_completion_tokens: 60,
  },
  arms: [1, 2, 3, 4, 5].map((seed) => ({ label: `seed ${seed}`, set: { seed } })),
  repeats: 1,
};
