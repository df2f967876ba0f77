import { settings } from '@/lib/recipe/parameters';
import { readSeed, seedAfter } from '@/lib/recipe/seed';
import type { Dispatch, Draft } from '@/lib/session/draft';
import type { Vary } from '@/lib/session/vary';

/*
 * What the chips of the recipe say, without the fields behind them.
 */

/** "Runs", "Runs each" if something varies, or "Seeds" if the seed does. */
export function labelRuns(vary: Vary): string {
  if (vary === 'seed') return 'Seeds';
  return vary === 'nothing' ? 'Runs' : 'Runs each';
}

/** How the runs are sent. */
export const ways: Record<Dispatch, string> = {
  parallel: 'all at once',
  sequential: 'one after the other',
  both: 'both ways, and compare',
};

/** What varies, in a few words: "nothing", "seed 42, 43, .., 46". */
export function sayVary({ vary, settings: { seed }, runs, values }: Draft): string {
  if (vary === 'seed') return `${nameVary(vary)} ${saySeeds(seed, runs)}`;
  return values.trim() === '' ? nameVary(vary) : `${nameVary(vary)} ${values.replaceAll('\n', ', ')}`;
}

/** What may vary, by name. */
export function nameVary(vary: Vary): string {
  if (vary === 'seed-test') return 'with the seed, and without';
  if (vary === 'two') return 'two settings, side by side';
  return settings.find(({ key }) => key === vary)?.name ?? 'nothing';
}

/** 42 and 5 runs: "42, 43, .., 46". */
export function saySeeds(seed: string, runs: string): string {
  const first = readSeed(seed.trim());
  const count = Number(runs);
  if (first === null || !Number.isInteger(count) || count < 1) return '';
  if (count <= 3) return Array.from({ length: count }, (_, index) => seedAfter(first, index)).join(', ');
  return `${first}, ${seedAfter(first, 1)}, .., ${seedAfter(first, count - 1)}`;
}
