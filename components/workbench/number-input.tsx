import type { ComponentProps, KeyboardEvent } from 'react';
import { plainKey } from '@/components/ui/roving-focus';
import { type Steps, stepNumber } from '@/lib/session/step-number';

type NumberInputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  value: string;
  steps: Steps;
  onChange: (text: string) => void;
};

/** By how many steps each key changes a number. */
const keys: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** A field for a number, which is parsed when Run is pressed. The arrow keys change it by a step, and the page keys by ten. */
export function NumberInput({ value, steps, onChange, ...rest }: NumberInputProps) {
  function step(event: KeyboardEvent) {
    const by = keys[plainKey(event) ?? ''];
    if (by === undefined) return;
    event.preventDefault();
    onChange(stepNumber(value, by, steps));
  }
  return (
    <input
      type="text"
      inputMode={Number.isInteger(steps.step) ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={value}
      onKeyDown={step}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  );
}
