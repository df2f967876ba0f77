import { counted, inSequence, inShort, plural } from './english';

const maxNamed = 8;

/** `run 3`, `runs 1, 2, 4`; of more than eight the first ones, and how many more. Runs count from 1. */
export function sayRuns(runs: readonly number[]): string {
  return `${plural(runs.length, 'run')} ${inShort(runs, maxNamed)}`;
}

/**
 * Runs with what their arms are called, those of one arm together: "runs 1, 2 (T 0), run 4 (T 1)"; of more than eight arms the
 * first ones, and how many more runs. Without labels as `sayRuns`.
 */
export function sayRunsOfArms(runs: readonly { run: number; label: string | null }[]): string {
  const arms = [...Map.groupBy(runs, ({ label }) => label)];
  if (arms.every(([label]) => label === null)) return sayRuns(runs.map(({ run }) => run));
  const said = arms.slice(0, maxNamed).map(([label, its]) => `${sayRuns(its.map(({ run }) => run))} (${label ?? '–'})`);
  const more = arms.slice(maxNamed).reduce((sum, [, its]) => sum + its.length, 0);
  return `${inSequence(said)}${more > 0 ? ` and ${counted(more, 'more run')}` : ''}`;
}
