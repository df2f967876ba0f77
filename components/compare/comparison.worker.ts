import { type Baseline, type SideBySide, sideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';

export type ComparisonRequest = { experiment: Experiment; baseline: Baseline };
/** The view, and the experiment that it is of. */
export type ComparisonReply = { id: string; view: SideBySide };

// The page's own thread stays free: texts are cut into words and aligned here.
self.onmessage = ({ data }: MessageEvent<ComparisonRequest>) => {
  const reply: ComparisonReply = { id: data.experiment.id, view: sideBySide(data.experiment, data.baseline) };
  self.postMessage(reply);
};
