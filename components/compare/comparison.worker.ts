import { type Looking, type Results, results } from '@/lib/compare/results';
import { followSideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';

export type ComparisonRequest = { experiment: Experiment; looking: Looking };
/** The results, and the experiment that they are of. */
export type ComparisonReply = { id: string; results: Results };

/** Remembers the columns of the experiment that runs, so that what has come is not aligned again with what comes. */
const columnsOf = followSideBySide();

// The page's own thread stays free: texts are cut into words, aligned and counted here.
self.onmessage = ({ data }: MessageEvent<ComparisonRequest>) => {
  const { experiment, looking } = data;
  const reply: ComparisonReply = { id: experiment.id, results: results(experiment, looking, columnsOf) };
  self.postMessage(reply);
};
