import type { ReactNode } from 'react';

type CheckboxProps = {
  checked: boolean;
  onChange: (checked: boolean) => void;
  /** whether it stands in a line with fields, and is as tall as they are */
  besideFields?: boolean;
  className?: string;
  /** the label */
  children: ReactNode;
};

/** A labelled box to tick. */
export function Checkbox({ checked, onChange, besideFields = false, className = '', children }: CheckboxProps) {
  const size = besideFields ? 'min-h-9 gap-2' : 'min-h-6 gap-1.5';
  return (
    <label className={`inline-flex items-center text-sm pointer-coarse:min-h-11 ${size} ${className}`}>
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className={`accent-accent ${besideFields ? 'size-4' : ''}`}
      />
      {children}
    </label>
  );
}
