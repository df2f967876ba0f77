import type { Spotlight } from '@/lib/lessons/lesson';
import { plan } from '@/lib/recipe/plan';
import { promptOf, type Recipe } from '@/lib/recipe/recipe';

/** A recipe in few rows, for paper: what it asks and how often. `[['Prompt', '…'], ['Seed', '42'], …]` */
export function recipeRows(recipe: Recipe): [name: string, value: string][] {
  const { request, arms } = recipe;
  const setting = (name: string, value: unknown): [string, string][] =>
    value === undefined || value === null ? [] : [[name, String(value)]];
  const varied = new Set(arms?.flatMap(({ set }) => Object.keys(set)));
  return [
    ['Prompt', promptOf(recipe)],
    ['Model', request.model],
    ...(varied.has('seed') ? [] : setting('Seed', request.seed ?? 'none')),
    ...(varied.has('temperature') ? [] : setting('Temperature', request.temperature)),
    ...(varied.has('top_p') ? [] : setting('Top-p', request.top_p)),
    ...setting('Max tokens', request.max_completion_tokens),
    ['Runs', String(plan(recipe).length)],
    ...setting('Varied', arms?.map(({ label, set }) => label ?? JSON.stringify(set)).join(', ')),
  ];
}

/** What to look at, for paper. */
export function saySpotlight({ view, lens }: Spotlight): string {
  const parts = [
    ...(view ? [`the view ${view[0]?.toUpperCase()}${view.slice(1)}`] : []),
    ...(lens === 'fork' ? ['the lens where the runs part'] : []),
    ...(lens && lens !== 'fork' ? [`the lens at token ${lens.token + 1} of run ${lens.run}`] : []),
  ];
  return parts.length > 0 ? `Look at ${parts.join(' and ')}.` : 'Look at the texts.';
}
