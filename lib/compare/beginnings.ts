import type { RunRecord } from '@/lib/run/record';
import type { SideBySide } from './side-by-side';

/** One of the distinct texts of an experiment: which runs have it, each with the number of its arm, and how it begins. */
export type Beginning = { letter: string; runs: { run: number; arm: number }[]; text: string; whole: boolean };

/** How many texts are begun, and with how many characters. */
const maxBeginnings = 24;
const beginningLength = 600;

/** How the distinct texts of an experiment begin that is too large to be shown whole: the first 24, in the order of their letters. */
export function beginningsOf(runs: readonly RunRecord[], { columns }: SideBySide): Beginning[] {
  const byLetter = Map.groupBy(
    columns.filter(({ letter }) => letter !== null),
    ({ letter }) => letter ?? '',
  );
  return [...byLetter].slice(0, maxBeginnings).map(([letter, alike]) => {
    const numbers = new Set(alike.map(({ run }) => run));
    const those = runs.filter(({ run }) => numbers.has(run));
    const text = those[0]?.text ?? '';
    const begun = text.slice(0, beginningLength).toWellFormed();
    return {
      ...{ letter, text: begun, whole: begun.length === text.length },
      runs: those.map(({ run, arm }) => ({ run, arm })),
    };
  });
}
