import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';
import { joinPieces, splitWords } from './words';

/**
 * An experiment as it was when each run had said `steps` pieces (words, punctuation): for watching it word by word. A
 * run with more to say counts as running; `more` tells whether there is one.
 */
export function reveal(experiment: Experiment, steps: number): { experiment: Experiment; more: boolean } {
  if (steps === Number.POSITIVE_INFINITY) return { experiment, more: false };
  const runs = experiment.runs.map((record) => cut(record, steps));
  const more = runs.some((record, at) => record !== experiment.runs[at]);
  return { experiment: more ? { ...experiment, runs, running: true } : experiment, more };
}

function cut(record: RunRecord, steps: number): RunRecord {
  const pieces = splitWords(record.text);
  if (pieces.length <= steps) return record;
  const { run, arm, repeat, seed, model } = record;
  return { run, arm, repeat, seed, model, status: 'running', text: joinPieces(pieces.slice(0, steps)) };
}
