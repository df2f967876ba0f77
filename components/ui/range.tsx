import type { ComponentProps } from 'react';

type RangeProps = Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'value'> & {
  /** for a text that is not a number, the slider stands in the middle */
  value: number | string;
  onChange: (value: number) => void;
};

/** A slider that hands back a number. */
export function Range({ onChange, className = '', ...rest }: RangeProps) {
  return (
    <input
      type="range"
      onChange={(event) => onChange(Number(event.target.value))}
      className={`accent-accent ${className}`}
      {...rest}
    />
  );
}
