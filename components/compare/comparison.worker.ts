import { type ResultStep, resultSteps, type ViewSettings } from '@/lib/compare/results';
import { followSideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';

export type ComparisonRequest = { experiment: Experiment; viewSettings: ViewSettings };
/** A step, and the experiment that it is of; 'done' after the last one. */
export type ComparisonReply = { id: string; step: ResultStep | { kind: 'done' } };

/** Remembers the columns of the experiment that runs, so that what has come is not aligned again with what comes. */
const columnsOf = followSideBySide();
let newest = 0;

// The page's own thread stays free: texts are cut into words, aligned and counted here. Between two steps a newer request
// may come in; then this one is dropped.
self.onmessage = async ({ data: { experiment, viewSettings } }: MessageEvent<ComparisonRequest>) => {
  const turn = ++newest;
  const tell = (step: ComparisonReply['step']) =>
    self.postMessage({ id: experiment.id, step } satisfies ComparisonReply);
  for (const step of resultSteps(experiment, viewSettings, columnsOf)) {
    tell(step);
    await new Promise((resolve) => setTimeout(resolve));
    if (turn !== newest) return;
  }
  tell({ kind: 'done' });
};
