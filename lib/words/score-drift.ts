import type { ScoreDrift } from '@/lib/lens/score-drift';
import { capital, sentences } from './english';

type Made = { tag: string; inFlight?: number };

/** A run with the back end that wrote it: 'run 2 (bf16)', 'run 3 (batched, 3 in flight)'. */
export const sayRunOf = ({ run, made: { tag, inFlight } }: { run: number; made: Made }): string =>
  `run ${run} (${tag}${inFlight === undefined ? '' : `, ${inFlight} in flight`})`;

/**
 * From where on the scores of two runs differ, and by how much, and where the words part.
 *
 *     'The scores of run 1 (f32) and run 2 (bf16) differ from token 1 on, by 0.031 there. The words part at token 17.'
 */
export function sayScoreDrift({ differences, since, fork }: ScoreDrift, own: string, other: string): string {
  if (since === null) return `${capital(own)} and ${other} have the same scores to the last bit.`;
  const from = `The scores of ${own} and ${other} differ from token ${since + 1} on, by ${sayDifference(differences[since] ?? 0)} there.`;
  return sentences(from, fork ? `The words part at token ${fork.at + 1}.` : 'The words stay the same.');
}

/** A difference of scores with two digits that count: '0.031', '0.00000048'. */
export function sayDifference(difference: number): string {
  if (difference === 0) return '0';
  const digits = Math.max(0, 1 - Math.floor(Math.log10(difference)));
  return difference.toFixed(Math.min(digits, 20));
}

/** A score: how far two of them differ, {@link sayDifference} says. */
export const sayScore = (score: number): string => score.toFixed(4);
