import type { Spotlight } from '@/lib/lessons/lesson';
import { parameters } from '@/lib/recipe/parameters';
import { plan } from '@/lib/recipe/plan';
import { type Arm, promptOf, type Recipe } from '@/lib/recipe/recipe';
import { requestToSettings } from '@/lib/session/settings';
import { capital, listed } from '@/lib/words/english';

/** A recipe as a few rows, for paper. `[['Prompt', '…'], ['Model', '…'], ['Seed', '42'], …]` */
export function recipeRows(recipe: Recipe): [label: string, value: string][] {
  const { request, arms } = recipe;
  const varied = new Set(arms?.flatMap(({ set }) => Object.keys(set)));
  const texts = requestToSettings(request);
  const rows = parameters
    .filter(({ key, type }) => !varied.has(key) && (texts[key] !== '' || type.kind === 'seed'))
    .map(({ key, label }): [string, string] => [label, texts[key].replaceAll('\n', ', ') || 'none']);
  return [
    ['Prompt', promptOf(recipe)],
    ['Model', request.model],
    ...rows,
    ['Runs', String(plan(recipe).length)],
    ...(arms ? [varyingRow(arms)] : []),
  ];
}

const varyingRow = (arms: readonly Arm[]): [string, string] => [
  'Varied',
  arms.map(({ label, set }) => label ?? JSON.stringify(set)).join(', '),
];

/** What to look at, as a sentence for paper. */
export function saySpotlight({ view, lens }: Spotlight): string {
  const parts = [
    ...(view ? [`the view ${capital(view)}`] : []),
    ...(lens === 'fork' ? ['the lens where the runs part'] : []),
    ...(lens && lens !== 'fork' ? [`the lens at token ${lens.token + 1} of run ${lens.run}`] : []),
  ];
  return parts.length > 0 ? `Look at ${listed(parts)}.` : 'Look at the texts.';
}
