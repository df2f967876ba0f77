import { problemName } from '@/lib/run/problem-name';
import { type EndedRun, isOver, type RunRecord } from '@/lib/run/record';

/**
 * Whether a run's text counts as an answer to the recipe. What a cache repeats was not run: it would speak for a seed that
 * no model saw.
 */
export const isComparable = (run: RunRecord): run is EndedRun =>
  run.status === 'ended' && (run.finish === 'stop' || run.finish === 'length') && run.text !== '' && !run.cached;

/** Why a run is left out of the comparison, in words that fit after "Run 3". */
export function whyLeftOut(run: RunRecord): string {
  if (run.status === 'failed') return `failed: ${problemName(run.error)}.`;
  if (!isOver(run)) return 'has not finished.';
  if (run.finish === 'aborted') return 'was stopped.';
  if (run.finish === 'refusal') return 'was declined by the model.';
  if (run.finish === 'content_filter') return 'was withheld by a content filter.';
  if (run.cached) return 'was answered from a cache.';
  if (run.text === '') return 'returned no text.';
  return `ended with ${run.finish}.`;
}
