import { inSequence } from './english';

const maxNamed = 8;

/** `run 3`, `runs 1, 2, 4`; of more than eight the first ones, and how many more. Runs count from 1. */
export function sayRuns(runs: readonly number[]): string {
  if (runs.length === 1) return `run ${runs[0]}`;
  const more = runs.length - maxNamed;
  return `runs ${inSequence(runs.slice(0, maxNamed))}${more > 0 ? ` and ${more} more` : ''}`;
}
