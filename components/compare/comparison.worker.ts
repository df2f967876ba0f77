import { type Baseline, sideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';

export type ComparisonRequest = { experiment: Experiment; baseline: Baseline };

// The page's own thread stays free: texts are cut into words and aligned here.
self.onmessage = ({ data }: MessageEvent<ComparisonRequest>) => {
  self.postMessage(sideBySide(data.experiment, data.baseline));
};
