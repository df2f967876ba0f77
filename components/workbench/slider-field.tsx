import type { ReactNode } from 'react';
import { Field, inputClass } from '@/components/ui/field';
import { Range } from '@/components/ui/range';

type SliderFieldProps = {
  id: string;
  label: string;
  value: string;
  /** of the slider; any other number may be typed */
  range: { min: number; max: number; step: number };
  hint: string;
  problem: ReactNode;
  onChange: (value: string) => void;
};

/** A number to type, with a slider for the usual range. The text is parsed when Run is pressed. */
export function SliderField({ id, label, value, range, hint, problem, onChange }: SliderFieldProps) {
  const { min, max, step } = range;
  return (
    <Field id={id} label={label} problem={problem} hint={hint}>
      <div className="flex items-center gap-2">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          placeholder="none"
          aria-describedby={`${id}-note`}
          aria-invalid={problem !== null}
          value={value}
          onChange={(event) => onChange(event.target.value)}
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
