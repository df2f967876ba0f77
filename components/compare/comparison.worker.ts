import { type Baseline, type SideBySide, sideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import type { RunRecord } from '@/lib/run/record';

export type ComparisonRequest = {
  experiment: Experiment;
  baseline: Baseline;
  /** the runs that the baseline 'stored' means */
  stored: readonly RunRecord[] | null;
};
/** The view, and the experiment that it is of. */
export type ComparisonReply = { id: string; view: SideBySide };

// The page's own thread stays free: texts are cut into words and aligned here.
self.onmessage = ({ data }: MessageEvent<ComparisonRequest>) => {
  const { experiment, baseline, stored } = data;
  const reply: ComparisonReply = { id: experiment.id, view: sideBySide(experiment, baseline, stored ?? []) };
  self.postMessage(reply);
};
