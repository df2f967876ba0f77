import type { ComponentProps, CSSProperties } from 'react';

type RangeProps = Omit<ComponentProps<'input'>, 'type' | 'onChange' | 'value' | 'min' | 'max'> & {
  min: number;
  max: number;
  /** for a text that is not a number, the slider stands in the middle */
  value: number | string;
  onChange: (value: number) => void;
};

/** A slider that hands back a number. */
export function Range({ value, min, max, onChange, ...rest }: RangeProps) {
  const track: CSSProperties & { '--filled': string } = { '--filled': `${shareBefore(Number(value), min, max)}%` };
  return (
    <input
      type="range"
      {...{ value, min, max }}
      onChange={(event) => onChange(Number(event.target.value))}
      style={track}
      {...rest}
    />
  );
}

/** How much of the track lies before the thumb, in per cent. */
function shareBefore(value: number, min: number, max: number): number {
  if (Number.isNaN(value)) return 50;
  return max === min ? 0 : 100 * Math.min(1, Math.max(0, (value - min) / (max - min)));
}
