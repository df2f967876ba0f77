import { useDispatch, useSession } from '@/components/session/session-context';
import { Checkbox } from '@/components/ui/checkbox';
import { Select } from '@/components/ui/select';
import { type FormSetting, parameters } from '@/lib/recipe/parameters';
import { dispatches } from '@/lib/session/draft';
import { controlLabel } from '@/lib/session/link-options';
import { providerIn } from '@/lib/session/select';
import { type Pace, paces } from '@/lib/session/session';
import { isSent } from '@/lib/session/settings';
import { ways } from './chip-values';
import { ControlOptions } from './control-options';
import { SettingField } from './setting-field';
import { useEdit, useSetting } from './use-form';

/*
 * The small controls in the line below the fields.
 */

/** How the runs are sent, which may itself matter. */
export function DispatchField() {
  const edit = useEdit();
  return (
    <ControlOptions control="dispatch">
      <Select
        label={<span className="font-medium">{controlLabel('dispatch')}</span>}
        options={dispatches}
        value={useSession(({ draft }) => draft.dispatch)}
        nameOf={(way) => ways[way]}
        onChange={(dispatch) => edit({ dispatch })}
      />
    </ControlOptions>
  );
}

/** Settings that all runs have alike. */
export function SharedSettings() {
  const settings = useSession(({ draft }) => draft.settings);
  return parameters
    .filter((row) => row.place === 'all' && isSent(row, settings))
    .map((row) =>
      row.type.kind === 'switch' ? (
        <SwitchField key={row.key} setting={row} />
      ) : (
        <SettingField key={row.key} setting={row} />
      ),
    );
}

function SwitchField({ setting: { key, label, help } }: { setting: FormSetting }) {
  const { text, change } = useSetting(key);
  const on = text !== '';
  return (
    <ControlOptions control={key}>
      <Checkbox checked={on} onChange={(checked) => change(checked ? 'on' : '')} besideFields>
        <span className="font-medium">{label}</span>
        <span className="text-fine text-dim">{on && help}</span>
      </Checkbox>
    </ControlOptions>
  );
}

const speeds: Record<Pace, string> = { live: 'live', step: 'step by step', instant: 'instant' };

/** How fast answers come, if the provider can be paced. */
export function PaceField() {
  const dispatch = useDispatch();
  const paced = useSession(({ draft, providers }) => providerIn(providers, draft.provider)?.paced ?? false);
  const pace = useSession((session) => session.pace);
  if (!paced) return null;
  return (
    <ControlOptions control="pace">
      <Select
        label={<span className="font-medium">{controlLabel('pace')}</span>}
        options={paces}
        value={pace}
        nameOf={(each) => speeds[each]}
        onChange={(chosen) => dispatch({ kind: 'pace-chosen', pace: chosen })}
      />
    </ControlOptions>
  );
}
