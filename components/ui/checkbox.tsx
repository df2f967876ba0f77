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
  const size = besideFields ? 'min-h-8' : 'min-h-6';
  return (
    <label className={`inline-flex items-center gap-2 text-sm pointer-coarse:min-h-11 ${size} ${className}`}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} />
      {children}
    </label>
  );
}
