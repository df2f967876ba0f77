import { type ChangeEvent, type ReactNode, useId, useState } from 'react';
import { selectClass } from './field';

type SelectProps<Value extends string | number> = {
  label: ReactNode;
  options: readonly Value[];
  value: Value;
  /** what an option is called on the page */
  nameOf: (option: Value) => string;
  isDisabled?: (option: Value) => boolean;
  onChange: (value: Value) => void;
  /** of the line that holds the label and the select */
  className?: string;
  /** what stands after the select in the same line */
  children?: ReactNode;
};

/** Of more options the others come into the page when somebody is about to choose: a thousand of them take a long task. */
const optionsAtOnce = 40;

/** A labelled choice of one among many: the browser's own select, which hands back the very option that was chosen. */
export function Select<Value extends string | number>(props: SelectProps<Value>) {
  const { label, options, value, nameOf, isDisabled, onChange, className = 'text-sm', children } = props;
  const id = useId();
  const [reached, setReached] = useState(false);
  const reach = () => setReached(true);
  const drawn = options.filter((option, at) => reached || at < optionsAtOnce || option === value);
  function choose(event: ChangeEvent<HTMLSelectElement>) {
    const chosen = drawn[event.target.selectedIndex];
    if (chosen !== undefined) onChange(chosen);
  }
  return (
    <span className={`flex min-w-0 max-w-full items-center gap-2 ${className}`}>
      <label htmlFor={id} className="shrink-0">
        {label}
      </label>
      <select id={id} value={value} onChange={choose} onFocus={reach} onPointerDown={reach} className={selectClass}>
        {drawn.map((option) => (
          <option key={option} value={option} disabled={isDisabled?.(option)}>
            {nameOf(option)}
          </option>
        ))}
      </select>
      {children}
    </span>
  );
}
