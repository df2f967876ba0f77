import { Field, inputClass } from '@/components/ui/field';
import type { Field as FormField } from '@/lib/session/draft';
import type { Setting, Settings } from '@/lib/session/settings';

type SecondSettingsProps = {
  settings: Settings;
  /** names of models to choose from; any other may be typed */
  models: readonly string[];
  problemOf: (field: FormField) => string | null;
  onChange: (settings: Settings) => void;
};

const numbers = [
  { setting: 'seed', label: 'Second seed', mode: 'numeric' },
  { setting: 'temperature', label: 'Second temperature', mode: 'decimal' },
  { setting: 'topP', label: 'Second top-p', mode: 'decimal' },
  { setting: 'maxTokens', label: 'Second max tokens', mode: 'numeric' },
] as const;

/** The second of two settings that are held against each other: whatever is left empty is as in the first. */
export function SecondSettings({ settings, models, problemOf, onChange }: SecondSettingsProps) {
  const control = (setting: Setting) => ({
    id: `other-${setting}`,
    placeholder: 'as in the first',
    autoComplete: 'off',
    'aria-describedby': `other-${setting}-note`,
    'aria-invalid': problemOf(`other.${setting}`) !== null,
    value: settings[setting],
    onChange: (event: { target: { value: string } }) => onChange({ ...settings, [setting]: event.target.value }),
  });
  const field = (setting: Setting, label: string) => ({
    id: `other-${setting}`,
    label,
    problem: problemOf(`other.${setting}`),
  });
  const variant = `${inputClass} placeholder:text-dim placeholder:text-sm`;
  return (
    <fieldset className="my-2 min-w-0 basis-full border-accent border-s-2 ps-3">
      <legend className="contents">
        <span className="font-medium text-sm">Second settings</span>{' '}
        <span className="text-[13px] text-dim">
          What is left empty is as in the first, above. Half of the runs have these.
        </span>
      </legend>
      <div className="mt-2 grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-[3fr_3fr_3fr_3fr_3fr]">
        <Field {...field('prompt', 'Second prompt')} className="col-span-2 lg:col-span-3">
          <textarea
            {...control('prompt')}
            rows={2}
            className={`${variant} field-sizing-content block max-h-72 min-h-16`}
          />
        </Field>
        <Field {...field('system', 'Second system message')} className="col-span-2">
          <textarea
            {...control('system')}
            rows={2}
            className={`${variant} field-sizing-content block max-h-72 min-h-16`}
          />
        </Field>
        <Field {...field('model', 'Second model')} className="max-sm:col-span-2">
          <input {...control('model')} list="other-models" className={variant} />
          <datalist id="other-models">
            {models.map((model) => (
              <option key={model} value={model} />
            ))}
          </datalist>
        </Field>
        {numbers.map(({ setting, label, mode }) => (
          <Field key={setting} {...field(setting, label)}>
            <input {...control(setting)} inputMode={mode} className={`${variant} font-mono placeholder:font-sans`} />
          </Field>
        ))}
      </div>
    </fieldset>
  );
}
