import { Play, SlidersHorizontal } from 'lucide-react';
import { useId } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { Button } from '@/components/ui/button';
import { Popover } from '@/components/ui/popover';
import type { Results, ViewSettings } from '@/lib/compare/results';
import type { SideBySide } from '@/lib/compare/side-by-side';
import { isRunning, shownExperiment, viewSettings } from '@/lib/session/select';
import { BaselineSelect } from './baseline-select';
import { EqualitySelect } from './equality-select';
import { FoldSelect } from './fold-select';
import { ForkStrip } from './fork-strip';
import type { Places } from './use-places';
import { ViewSwitch } from './view-switch';

/** One line: which view, what the texts are compared with, where they part, and further options. */
export function ViewControls({ results, places }: { results: Results; places: Places }) {
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { view, stored } = useSession(viewSettings);
  const several = runs.length > 1;
  const columns = results.model.kind === 'columns' && (several || stored !== null);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 max-sm:contents">
      <div className="flex min-w-0 items-center gap-x-1 sm:contents">
        {several && (
          <ViewSwitch view={view} onChange={(chosen) => dispatch({ kind: 'view-changed', part: { view: chosen } })} />
        )}
        {(several || columns) && <Options columns={columns} results={results} />}
      </div>
      <div className="flex min-w-0 grow flex-wrap items-center gap-x-3 gap-y-1 max-sm:order-1">
        {columns && <CompareWith results={results} />}
        {several && <ForkStrip view={results.sideBySide} places={places} />}
      </div>
    </div>
  );
}

function CompareWith({ results }: { results: Results }) {
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { baseline, expected, stored } = useSession(viewSettings);
  const change = (part: Partial<ViewSettings>) => dispatch({ kind: 'view-changed', part });
  return (
    <BaselineSelect
      runs={runs.map(({ run }) => run)}
      stored={stored !== null}
      value={baseline}
      commonest={results.sideBySide.commonest}
      expected={expected}
      onChange={(chosen) => change({ baseline: chosen })}
      onExpected={(typed) => change({ expected: typed })}
    />
  );
}

/** What counts as equal, how much is shown, what the marks mean, and going step by step. */
function Options({ columns, results }: { columns: boolean; results: Results }) {
  const id = useId();
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { baseline, foldMode, mode, pattern } = useSession(viewSettings);
  const busy = useSession((session) => isRunning(session) || session.playback !== null);
  const change = (part: Partial<ViewSettings>) => dispatch({ kind: 'view-changed', part });
  const marked = runs.length > 1 && (columns || results.model.kind === 'variants');
  return (
    <>
      <Button popoverTarget={id} className="shrink-0 max-sm:ms-auto max-sm:px-2 sm:order-1 print:hidden">
        <SlidersHorizontal aria-hidden size={16} /> <span className="max-sm:sr-only">Options</span>
      </Button>
      <Popover id={id} label="Options" end sheet className="p-4">
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
      </Popover>
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
