import { type EndedRun, isOver, type RunRecord } from '@/lib/run/record';

/**
 * Why a run is not compared. `code` is that of the run's error: "cut_off" if the answer broke off on the way. (A run that
 * ended at the token limit is compared.)
 */
export type LeftOutReason =
  | { kind: 'failed'; code: string }
  | { kind: 'unfinished' }
  | { kind: 'stopped' }
  | { kind: 'refused' }
  | { kind: 'filtered' }
  | { kind: 'cached' }
  | { kind: 'empty' }
  /** it reasoned, and never came to an answer */
  | { kind: 'only-reasoning' }
  | { kind: 'other-finish'; finish: string };

/** A run that is not compared. Runs count from 1. */
export type LeftOut = { run: number; reason: LeftOutReason };

/** Why a run is not compared; null if it is. */
export function reasonLeftOut(run: RunRecord): LeftOutReason | null {
  if (run.status === 'failed') return { kind: 'failed', code: run.error.code };
  if (!isOver(run)) return { kind: 'unfinished' };
  if (run.finish === 'aborted') return { kind: 'stopped' };
  if (run.finish === 'refusal') return { kind: 'refused' };
  if (run.finish === 'content_filter') return { kind: 'filtered' };
  if (run.cached) return { kind: 'cached' };
  if (run.text === '') return { kind: run.reasoning ? 'only-reasoning' : 'empty' };
  return run.finish === 'stop' || run.finish === 'length' ? null : { kind: 'other-finish', finish: run.finish };
}

/**
 * Whether a run's text counts as an answer to the recipe. What a cache repeats was not run: it would count in favour of a
 * seed that no model saw.
 */
export const isComparable = (run: RunRecord): run is EndedRun => reasonLeftOut(run) === null;

/** The runs that are not compared, each with the reason, in the order in which they are given. */
export const findLeftOut = (runs: readonly RunRecord[]): LeftOut[] =>
  runs.flatMap((run) => {
    const reason = reasonLeftOut(run);
    return reason ? [{ run: run.run, reason }] : [];
  });
