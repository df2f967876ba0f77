import { Play } from 'lucide-react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import type { Results, ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { isRunning, shownExperiment, viewSettings } from '@/lib/session/select';
import { EqualitySelect } from './equality-select';
import { FoldSelect } from './fold-select';

export type ViewOptionsProps = {
  /** whether the texts are shown as columns that have something to be compared with */
  columns: boolean;
  results: Results;
};

/** What counts as equal, how much is shown, what the marks mean, and going step by step. */
export function ViewOptions({ columns, results }: ViewOptionsProps) {
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { baseline, foldMode, mode, pattern } = useSession(viewSettings);
  const busy = useSession((session) => isRunning(session) || session.playback !== null);
  const change = (part: Partial<ViewSettings>) => dispatch({ kind: 'view-changed', part });
  const marked = runs.length > 1 && (columns || results.model.kind === 'variants');
  return (
    <div className="flex flex-col items-start gap-2">
      {runs.length > 1 && (
        <EqualitySelect
          mode={mode}
          pattern={pattern}
          onMode={(chosen) => change({ mode: chosen })}
          onPattern={(typed) => change({ pattern: typed })}
        />
      )}
      {columns && <FoldSelect value={foldMode} onChange={(chosen) => change({ foldMode: chosen })} />}
      {columns && (
        <Button disabled={busy} onClick={() => dispatch({ kind: 'playback-opened' })}>
          <Play aria-hidden size={16} /> Step by step
        </Button>
      )}
      {marked && <Legend view={results.sideBySide} baseline={baseline} />}
    </div>
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
          2 missing
        </span>{' '}
        words
      </span>
    </span>
  );
}
