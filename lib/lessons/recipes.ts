import { chipOf, settingOf } from '@/lib/recipe/parameters';
import type { Arm, ChatRequest, Recipe } from '@/lib/recipe/recipe';

type RequestSettings = Omit<Partial<ChatRequest>, 'messages'>;

/**
 * A recipe for Seedling, of those that the page's form can make. Without a seed none is sent.
 *
 *     seedlingRecipe('Flip a coin.', { seed: 19, temperature: 1 }, 5)  →  five runs of seed 19
 */
export const seedlingRecipe = (prompt: string, settings: RequestSettings, repeats = 1, arms?: Arm[]): Recipe => ({
  v: 1,
  provider: 'seedling',
  request: {
    model: 'seedling-1',
    messages: [{ role: 'user', content: prompt }],
    max_completion_tokens: 60,
    ...settings,
    seed: settings.seed ?? null,
  },
  ...(arms ? { arms } : {}),
  repeats,
});

/** A recipe for Sapling in the same way. */
export const saplingRecipe = (prompt: string, settings: RequestSettings, repeats = 1, arms?: Arm[]): Recipe =>
  seedlingRecipe(prompt, { model: 'sapling-1', ...settings }, repeats, arms);

/** One arm for each of so many seeds in a row: `seeds(42, 2)` has 42 and 43. */
export const seeds = (first: number, count: number): Arm[] =>
  Array.from({ length: count }, (_, index) => ({ label: `seed ${first + index}`, set: { seed: first + index } }));

/** One arm for each value of a parameter: `sweep('top_p', [0.2, 1])` has "top-p 0.2" and "top-p 1". */
export const sweep = (key: 'temperature' | 'top_p', values: readonly number[]): Arm[] =>
  values.map((value) => ({ label: chipOf(settingOf(key), String(value)), set: { [key]: value } }));
