import { useSession } from '@/components/session/session-context';
import { Field, inputClass } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { FormSetting, ValueType } from '@/lib/recipe/parameters';
import { controlLabel } from '@/lib/session/link-options';
import { noSettings } from '@/lib/session/settings';
import { firstValues, sweptBy, type Vary, variations } from '@/lib/session/vary';
import { AddModel } from './add-model';
import { nameVary, saySeeds } from './chip-values';
import { ControlOptions } from './control-options';
import { SecondSettings } from './second-settings';
import { useEdit, useProblem } from './use-form';

/** What differs between the runs. */
export function VaryField() {
  const draft = useSession((session) => session.draft);
  const edit = useEdit();
  const { vary } = draft;
  const setting = sweptBy(vary);
  function choose(chosen: Vary) {
    edit({ vary: chosen, values: firstValues(chosen, draft), other: noSettings });
  }
  return (
    <ControlOptions control="vary">
      <Select
        label={<span className="font-medium">{controlLabel('vary')}</span>}
        options={variations}
        value={vary}
        nameOf={nameVary}
        onChange={choose}
        className="flex-wrap text-sm"
      >
        {vary === 'seed' && <span className="font-mono text-dim">{saySeeds(draft.settings.seed, draft.runs)}</span>}
      </Select>
      {setting && setting.type.kind !== 'seed' && <ValuesField setting={setting} />}
      {vary === 'two' && <SecondSettings />}
    </ControlOptions>
  );
}

/** How to type values of each kind. */
const hints: Partial<Record<ValueType['kind'], string>> = {
  number: 'as in 0, 0.2, .., 1',
  integer: 'as in 1, 2, .., 10',
  text: 'one a line',
};

/** The values of the setting that varies. */
function ValuesField({ setting }: { setting: FormSetting }) {
  const { kind } = setting.type;
  const edit = useEdit();
  const problem = useProblem('values');
  const control = {
    id: 'values',
    'aria-describedby': 'values-note',
    'aria-invalid': problem !== null,
    value: useSession(({ draft }) => draft.values),
    onChange: (event: { target: { value: string } }) => edit({ values: event.target.value }),
  };
  return (
    <Field
      id="values"
      label={kind === 'name' || kind === 'text' ? `${setting.label}s` : 'Values'}
      hint={hints[kind] ?? 'by comma'}
      problem={problem}
      className={kind === 'text' ? 'min-w-60 grow' : 'min-w-60'}
    >
      {kind === 'text' ? (
        <textarea {...control} rows={3} className={`${inputClass} block`} />
      ) : (
        <input {...control} autoComplete="off" className={`${inputClass} font-mono`} />
      )}
      {kind === 'name' && <AddModel />}
    </Field>
  );
}
