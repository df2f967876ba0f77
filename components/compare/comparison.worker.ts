import { columnResults, figuresOf, modelOf, type Results, type ViewSettings } from '@/lib/compare/results';
import { type Column, followSideBySide } from '@/lib/compare/side-by-side';
import type { Experiment } from '@/lib/run/fold';

export type ComparisonRequest = { experiment: Experiment; viewSettings: ViewSettings };
/** What is worked out, in the order in which it comes. While runs go on there are but columns. */
type Step =
  | ({ type: 'start'; running: boolean } & Pick<Results, 'sideBySide' | 'folds'>)
  | { type: 'columns'; columns: Column[] }
  | ({ type: 'view' } & Pick<Results, 'model'>)
  | ({ type: 'figures' } & Pick<Results, 'figures'>)
  | { type: 'done' };
/** A step, and the experiment that it is of. */
export type ComparisonReply = { id: string; step: Step };

/** Columns of one message: what the page takes in without a long task. */
const columnsAtOnce = 50;

/** Remembers the columns of the experiment that runs, so that what has come is not aligned again with what comes. */
const columnsOf = followSideBySide();
let newest = 0;

// The page's own thread stays free: texts are cut into words, aligned and counted here. Between two steps a newer request
// may come in; then this one is dropped.
self.onmessage = async ({ data }: MessageEvent<ComparisonRequest>) => {
  const turn = ++newest;
  for (const step of steps(data)) {
    const reply: ComparisonReply = { id: data.experiment.id, step };
    self.postMessage(reply);
    if (step.type !== 'done') await new Promise((resolve) => setTimeout(resolve));
    if (turn !== newest) return;
  }
};

function* steps({ experiment, viewSettings }: ComparisonRequest): Generator<Step> {
  const { sideBySide, folds } = columnResults(experiment, viewSettings, columnsOf);
  const { columns } = sideBySide;
  const first = { ...sideBySide, columns: columns.slice(0, columnsAtOnce) };
  yield { type: 'start', running: experiment.running, sideBySide: first, folds };
  for (let at = columnsAtOnce; at < columns.length; at += columnsAtOnce)
    yield { type: 'columns', columns: columns.slice(at, at + columnsAtOnce) };
  if (!experiment.running) {
    yield { type: 'view', model: modelOf(experiment, viewSettings, sideBySide) };
    yield { type: 'figures', figures: figuresOf(experiment, viewSettings) };
  }
  yield { type: 'done' };
}
