import { type Piece, splitWords } from '@/lib/compare/align/words';
import type { Experiment, PlaybackStep } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';

/** Where the tokens of a run's text end, in UTF-16 units, in rising order, by run. */
export type TokenEnds = ReadonlyMap<number, readonly number[]>;

/** The ends of words in UTF-16 units, each with the marks that follow it; marks before the first word go with that. */
export function endsOfWords({ text }: Pick<RunRecord, 'text'>): number[] {
  const pieces = splitWords(text);
  const ends: number[] = [];
  let end = 0;
  let words = 0;
  for (const [at, { text, word }] of pieces.entries()) {
    end += text.length;
    if (word) words++;
    const next = pieces[at + 1];
    if (!next || (next.word && words > 0)) ends.push(end);
  }
  return ends;
}

/**
 * An experiment as it was when each run had made `steps` steps, to watch it develop: a step is a token where `tokenEnds` are
 * known, else a word. A run with more text counts as running, and says by the `playback` that it does not, unless the
 * experiment itself goes on. `max` is the number of steps of the longest run.
 */
export function reveal(
  experiment: Experiment,
  steps: number,
  tokenEnds: TokenEnds | null = null,
): { experiment: Experiment; max: number } {
  let max = 0;
  const runs = experiment.runs.map((record) => {
    const ends = tokenEnds?.get(record.run) ?? endsOfWords(record);
    max = Math.max(max, ends.length);
    return cut(record, steps, ends);
  });
  if (runs.every((record, at) => record === experiment.runs[at])) return { experiment, max };
  const shown = { ...experiment, runs, running: true };
  if (experiment.running) return { experiment: shown, max };
  const unit = tokenEnds ? 'token' : 'word';
  const playback: PlaybackStep = { step: steps, of: max, unit, settled: settledPieces(experiment.runs, runs) };
  return { experiment: { ...shown, playback }, max };
}

function cut(record: RunRecord, steps: number, ends: readonly number[]): RunRecord {
  if (ends.length <= steps) return record;
  const { run, arm, repeat, seed, model, text } = record;
  const end = steps === 0 ? 0 : (ends[steps - 1] ?? text.length);
  return { run, arm, repeat, seed, model, status: 'running', text: text.slice(0, end) };
}

/** By run that is cut, how many pieces of what is shown are those of its whole text. */
function settledPieces(whole: readonly RunRecord[], shown: readonly RunRecord[]): Map<number, number> {
  const settled = new Map<number, number>();
  for (const [at, record] of shown.entries()) {
    const full = whole[at];
    if (full && full !== record) settled.set(record.run, countSame(splitWords(record.text), splitWords(full.text)));
  }
  return settled;
}

function countSame(pieces: readonly Piece[], whole: readonly Piece[]): number {
  const unlike = pieces.findIndex(({ text }, at) => text !== whole[at]?.text);
  return unlike === -1 ? pieces.length : unlike;
}
