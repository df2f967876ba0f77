import { resultSteps } from '@/lib/compare/result-steps';
import type { ViewSettings } from '@/lib/compare/results';
import { followSideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';
import { serveRequests } from '@/lib/worker/serve';

export type ComparisonRequest = { experiment: Experiment; viewSettings: ViewSettings };

/** Remembers the columns of the running experiment, so that what has come is not aligned again when more comes. */
const columnsOf = followSideBySide();

// The page's own thread stays free: texts are cut into words, aligned and counted here.
serveRequests(self, ({ experiment, viewSettings }: ComparisonRequest) =>
  resultSteps(experiment, viewSettings, columnsOf),
);
