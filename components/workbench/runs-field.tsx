import { useSession } from '@/components/session/session-context';
import { limits } from '@/lib/recipe/recipe';
import { labelRuns } from './chip-values';
import { ControlOptions } from './control-options';
import { SliderField } from './slider-field';
import { useEdit, useProblem } from './use-form';

/** How often each arm runs; if the seed varies, how many seeds there are. */
export function RunsField() {
  const edit = useEdit();
  return (
    <ControlOptions control="runs">
      <SliderField
        id="runs"
        label={useSession(({ draft }) => labelRuns(draft.vary))}
        value={useSession(({ draft }) => draft.runs)}
        range={{ min: 1, max: 20, step: 1 }}
        limits={{ min: 1, max: limits.runs, step: 1 }}
        hint={`1 to ${limits.runs}`}
        problem={useProblem('runs')}
        onChange={(runs) => edit({ runs })}
      />
    </ControlOptions>
  );
}
