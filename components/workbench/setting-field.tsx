import { Field } from '@/components/ui/field';
import type { FormSetting } from '@/lib/recipe/parameters';
import { sentIfEmpty } from '@/lib/session/settings';
import { ControlOptions } from './control-options';
import { SettingInput } from './setting-input';
import { SliderField } from './slider-field';
import { useSetting } from './use-form';

/** One row of the table of parameters as a field of the form. */
export function SettingField({ setting }: { setting: FormSetting }) {
  const { key, label, help, type } = setting;
  const { text, problem, change } = useSetting(key);
  const shared = { id: key, label, hint: help, problem };
  return (
    <ControlOptions control={key}>
      {'slider' in type && type.slider ? (
        <SliderField
          {...shared}
          value={text}
          range={{ step: 1, ...type, ...type.slider }}
          limits={{ step: 1, ...type }}
          onChange={change}
        />
      ) : (
        <Field {...shared}>
          <SettingInput
            id={key}
            setting={setting}
            text={text}
            placeholder={placeholderOf(setting)}
            invalid={problem !== null}
            onChange={change}
          />
        </Field>
      )}
    </ControlOptions>
  );
}

/** What an empty field stands for. */
function placeholderOf(setting: FormSetting): string {
  const { kind } = setting.type;
  return kind === 'choice' || kind === 'flag' ? 'not set' : String(sentIfEmpty(setting) ?? 'none');
}
