import type { RunRecord } from '@/lib/run/record';

/** How many characters the runs of an experiment have, a token with its alternatives counted as twenty. */
export const weightOf = (runs: readonly RunRecord[]): number =>
  runs.reduce(
    (sum, { text, reasoning = '', tokens = [] }) => sum + text.length + reasoning.length + 20 * tokens.length,
    0,
  );
