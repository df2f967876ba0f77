import { type ReactElement, useCallback } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { later } from '@/components/ui/later';
import { ColumnsView } from '@/components/views/columns-view';
import type { Place } from '@/lib/compare/align/marks';
import type { Position } from '@/lib/compare/align/positions';
import type { Results } from '@/lib/compare/results';
import { viewSettings } from '@/lib/session/select';

const VariantsView = later(() => import('@/components/views/variants-view').then((view) => view.VariantsView));
const DifferencesView = later(() => import('@/components/views/differences-view').then((view) => view.DifferencesView));
const TreeView = later(() => import('@/components/views/tree-view').then((view) => view.TreeView));
const MatrixView = later(() => import('@/components/views/matrix-view').then((view) => view.MatrixView));

type CurrentViewProps = {
  results: Results;
  /** the place that the reader has gone to */
  current: Place | null;
};

/** The texts, in the view that is chosen. */
export function CurrentView({ results, current }: CurrentViewProps): ReactElement {
  const dispatch = useDispatch();
  const { rejoined } = useSession(viewSettings);
  const { sideBySide: view, model, folds } = results;
  // Places are those of the text in the middle, which most often is the most common one.
  const baseline = model.kind === 'differences' && model.alignment.base?.letter !== 'A' ? 'medoid' : 'common';
  const showPosition = useCallback(
    ({ from }: Position) => {
      dispatch({ kind: 'view-changed', part: { baseline } });
      dispatch({ kind: 'went-to', offset: from });
    },
    [dispatch, baseline],
  );
  const rejoin = useCallback(
    (chosen: boolean) => dispatch({ kind: 'view-changed', part: { rejoined: chosen } }),
    [dispatch],
  );
  switch (model.kind) {
    case 'columns':
      return <ColumnsView view={view} folds={folds} current={current} />;
    case 'variants':
      return <VariantsView groups={model.groups} columns={view.columns} fork={view.fork} />;
    case 'differences':
      return <DifferencesView alignment={model.alignment} mode={model.mode} onJump={showPosition} />;
    case 'tree':
      return <TreeView tree={model.tree} rejoined={rejoined} onRejoin={rejoin} />;
    case 'matrix':
      return <MatrixView matrix={model.matrix} />;
  }
}
