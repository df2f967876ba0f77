import { Play } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import type { Results, ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { isRunning, shownExperiment, viewSettings } from '@/lib/session/select';
import { BaselineSelect } from './baseline-select';
import { FoldSelect } from './fold-select';
import { ViewSwitch } from './view-switch';

/** Which view, and its options. */
export function ViewControls({ results }: { results: Results }) {
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { view, baseline, stored } = useSession(viewSettings);
  const several = runs.length > 1;
  const shown = results.model.kind;
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      {several && (
        <ViewSwitch view={view} onChange={(chosen) => dispatch({ kind: 'view-changed', part: { view: chosen } })} />
      )}
      {shown === 'columns' && (several || stored) && <ColumnControls commonest={results.sideBySide.commonest} />}
      {several && (shown === 'columns' || shown === 'variants') && (
        <Legend view={results.sideBySide} baseline={baseline} />
      )}
    </div>
  );
}

function ColumnControls({ commonest }: Pick<SideBySide, 'commonest'>) {
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { baseline, expected, foldMode, stored } = useSession(viewSettings);
  const busy = useSession((session) => isRunning(session) || session.playback !== null);
  const change = (part: Partial<ViewSettings>) => dispatch({ kind: 'view-changed', part });
  return (
    <>
      <BaselineSelect
        runs={runs.map(({ run }) => run)}
        stored={stored !== null}
        value={baseline}
        commonest={commonest}
        expected={expected}
        onChange={(chosen) => change({ baseline: chosen })}
        onExpected={(typed) => change({ expected: typed })}
      />
      <FoldSelect value={foldMode} onChange={(chosen) => change({ foldMode: chosen })} />
      <Button
        variant="quiet"
        className="print:hidden"
        disabled={busy}
        onClick={() => dispatch({ kind: 'playback-opened' })}
      >
        <Play aria-hidden size={16} /> Step by step
      </Button>
    </>
  );
}

type LegendProps = { view: Pick<SideBySide, 'marked'>; baseline: ViewSettings['baseline'] };

const replaced = 'bg-replaced text-replaced-ink underline decoration-2 decoration-replaced-line underline-offset-4';
const added = 'bg-added text-added-ink underline decoration-2 decoration-added-line underline-offset-4';

function Legend({ view, baseline }: LegendProps) {
  if (view.marked === 'shared')
    return (
      <span className="text-fine text-dim">
        <span className={`${added} decoration-dotted`}>in both texts</span>, four words or more
      </span>
    );
  if (baseline === 'none')
    return (
      <span className="text-fine text-dim">
        <span className={replaced}>not in all runs</span>
        <span className="ms-0.5 align-super font-mono text-finest text-caution">3/5</span> how many read so
      </span>
    );
  return (
    <span className="flex flex-wrap gap-x-3 text-fine text-dim">
      <span className={replaced}>replaced</span>
      <span className={`${added} decoration-dashed`}>only here</span>
      <span>
        <span className="rounded-xs border border-added-line border-dashed px-0.5 font-mono text-finest text-added-line">
          ^2
        </span>{' '}
        words missing
      </span>
    </span>
  );
}
