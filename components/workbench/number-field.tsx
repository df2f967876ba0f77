import { Field, inputClass } from '@/components/ui/field';

type NumberFieldProps = {
  id: string;
  label: string;
  value: string;
  step: number;
  slider?: { min: number; max: number };
  hint: string;
  problem: string | null;
  onChange: (value: string) => void;
};

/** A number to type, with a slider for the usual range where there is one. What is typed is read when Run is pressed. */
export function NumberField({ id, label, value, step, slider, hint, problem, onChange }: NumberFieldProps) {
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
          className={`${inputClass} min-w-0 font-mono placeholder:font-sans placeholder:text-dim placeholder:text-sm ${slider ? 'basis-24' : ''}`}
        />
        {slider && (
          <input
            type="range"
            aria-label={`${label} slider`}
            min={slider.min}
            max={slider.max}
            step={step}
            value={value === '' ? slider.max : value}
            onChange={(event) => onChange(event.target.value)}
            className="h-6 min-w-0 grow accent-accent"
          />
        )}
      </div>
    </Field>
  );
}
