import type { Recipe } from './recipe';

/** What the page opens with: several seeds on purpose, so that the first thing to find out is what a seed does. */
export const exampleRecipe: Recipe = {
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: 'Write a haiku about spring.' }],
    seed: 74,
    temperature: 0.2,
    max_completion_tokens: 60,
  },
  arms: [74, 75, 76, 77, 78].map((seed) => ({ label: `seed ${seed}`, set: { seed } })),
  repeats: 1,
};
