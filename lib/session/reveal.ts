import { splitWords } from '@/lib/compare/align/words';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';

/** Where the steps of a run's text end, in UTF-16 units, in rising order: its words, or its tokens where they are known. */
export type StepEnds = (record: RunRecord) => readonly number[];

/** The ends of words and punctuation marks. */
export function endsOfWords({ text }: RunRecord): number[] {
  let end = 0;
  return splitWords(text).map((piece) => {
    end += piece.text.length;
    return end;
  });
}

/**
 * An experiment as it was when each run had made `steps` steps, to watch it develop. A run with more text counts as running;
 * `max` is the number of steps of the longest run.
 */
export function reveal(
  experiment: Experiment,
  steps: number,
  endsOf: StepEnds = endsOfWords,
): { experiment: Experiment; max: number } {
  let max = 0;
  const runs = experiment.runs.map((record) => {
    const ends = endsOf(record);
    max = Math.max(max, ends.length);
    return cut(record, steps, ends);
  });
  const more = runs.some((record, at) => record !== experiment.runs[at]);
  return { experiment: more ? { ...experiment, runs, running: true } : experiment, max };
}

function cut(record: RunRecord, steps: number, ends: readonly number[]): RunRecord {
  if (ends.length <= steps) return record;
  const { run, arm, repeat, seed, model, text } = record;
  const end = steps === 0 ? 0 : (ends[steps - 1] ?? text.length);
  return { run, arm, repeat, seed, model, status: 'running', text: text.slice(0, end) };
}
