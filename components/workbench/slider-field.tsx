import type { ReactNode } from 'react';
import { Field, inputClass } from '@/components/ui/field';
import { Range } from '@/components/ui/range';
import type { Steps } from '@/lib/session/step-number';
import { NumberInput } from './number-input';

type SliderFieldProps = {
  id: string;
  label: string;
  value: string;
  /** of the slider */
  range: { min: number; max: number; step: number };
  /** of what may be typed */
  limits: Steps;
  hint: string;
  problem: ReactNode;
  onChange: (value: string) => void;
};

/** A number to type, with a slider for the usual range. The text is parsed when Run is pressed. */
export function SliderField({ id, label, value, range, limits, hint, problem, onChange }: SliderFieldProps) {
  const { min, max, step } = range;
  return (
    <Field id={id} label={label} problem={problem} hint={hint}>
      <div className="flex items-center gap-2">
        <NumberInput
          id={id}
          placeholder="none"
          aria-describedby={`${id}-note`}
          aria-invalid={problem !== null}
          value={value}
          steps={limits}
          onChange={onChange}
          className={`${inputClass} min-w-0 basis-24 font-mono placeholder:font-sans placeholder:text-dim placeholder:text-sm`}
        />
        <Range
          aria-label={`${label} slider`}
          {...{ min, max, step }}
          value={value === '' ? max : value}
          onChange={(number) => onChange(String(number))}
          className="h-6 min-w-0 grow"
        />
      </div>
    </Field>
  );
}
