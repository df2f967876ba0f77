import { Field } from '@/components/ui/field';
import { system } from '@/lib/recipe/parameters';
import { ControlOptions } from './control-options';
import { SettingInput } from './setting-input';
import { useSetting } from './use-form';

export function SystemField() {
  const { text, problem, change } = useSetting('system');
  return (
    <ControlOptions control="system">
      <Field id="system" label={system.label} problem={problem}>
        <SettingInput id="system" setting={system} text={text} invalid={problem !== null} onChange={change} />
      </Field>
    </ControlOptions>
  );
}
