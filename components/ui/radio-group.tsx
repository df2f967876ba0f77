import { useId } from 'react';

type RadioGroupProps<Value extends string> = {
  legend: string;
  options: readonly Value[];
  value: Value;
  /** what an option is called on the page */
  nameOf: (option: Value) => string;
  onChange: (value: Value) => void;
};

/** A choice of a few, all in sight. The browser's own radio buttons: arrow keys move between them. */
export function RadioGroup<Value extends string>({ legend, options, value, nameOf, onChange }: RadioGroupProps<Value>) {
  const group = useId();
  return (
    <fieldset className="flex flex-wrap gap-x-4 text-sm print:hidden">
      <legend className="sr-only">{legend}</legend>
      {options.map((option) => (
        <label key={option} className="inline-flex min-h-6 items-center gap-2 pointer-coarse:min-h-11">
          <input type="radio" name={group} checked={option === value} onChange={() => onChange(option)} />
          {nameOf(option)}
        </label>
      ))}
    </fieldset>
  );
}
