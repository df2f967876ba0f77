import { SlidersHorizontal } from 'lucide-react';
import { useId } from 'react';
import { useDispatch, useSession } from '@/components/session/session-context';
import { WhenAwake } from '@/components/ui/awake';
import { Button } from '@/components/ui/button';
import { later } from '@/components/ui/later';
import { Popover } from '@/components/ui/popover';
import type { Results, ViewSettings } from '@/lib/compare/results';
import { shownExperiment, viewSettings } from '@/lib/session/select';
import { BaselineSelect } from './baseline-select';
import { ForkStrip } from './fork-strip';
import type { Places } from './use-places';
import type { ViewOptionsProps } from './view-options';
import { ViewSwitch } from './view-switch';

const MarkingNote = later(() => import('./around-texts').then((around) => around.MarkingNote));
const ViewOptions = later(() => import('./around-texts').then((around) => around.ViewOptions));

/**
 * One line: which view, further options, where the texts part, and what they are compared with. Where it is narrow the last stands
 * below the texts, on a phone both.
 */
export function ViewControls({ results, places }: { results: Results; places: Places }) {
  const dispatch = useDispatch();
  const { runs } = useSession(shownExperiment);
  const { view, stored } = useSession(viewSettings);
  const several = runs.length > 1;
  const columns = results.model.kind === 'columns' && (several || stored !== null);
  const note = results.sideBySide.littleShared && (columns || results.model.kind === 'variants');
  return (
    <div className="narrow:contents flex flex-wrap items-center gap-x-3 gap-y-1 xl:flex-nowrap xl:has-[textarea]:flex-wrap [#tool_&]:flex-wrap">
      <div className="flex min-w-0 grow items-center gap-x-3 max-sm:contents xl:shrink-0">
        <div className="flex min-w-0 items-center gap-x-1 sm:contents">
          {several && (
            <ViewSwitch view={view} onChange={(chosen) => dispatch({ kind: 'view-changed', part: { view: chosen } })} />
          )}
          {(several || columns) && <Options columns={columns} results={results} />}
        </div>
        {several && <ForkStrip view={results.sideBySide} places={places} />}
      </div>
      {(columns || note) && (
        <div className="below-texts flex min-w-0 max-xl:flex-wrap items-center gap-x-3 gap-y-1 xl:has-[textarea]:grow xl:has-[textarea]:flex-wrap">
          {columns && <CompareWith results={results} />}
          {note && <MarkingNote view={results.sideBySide} />}
        </div>
      )}
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

/** Further options, behind a button. */
function Options({ columns, results }: ViewOptionsProps) {
  const id = useId();
  return (
    <>
      <Button popoverTarget={id} className="shrink-0 max-sm:ms-auto max-lg:px-2 pointer-coarse:min-h-10! print:hidden">
        <SlidersHorizontal aria-hidden size={16} /> <span className="max-lg:sr-only">Options</span>
      </Button>
      <Popover id={id} label="Options" end sheet className="p-4">
        <WhenAwake>
          <ViewOptions columns={columns} results={results} />
        </WhenAwake>
      </Popover>
    </>
  );
}
