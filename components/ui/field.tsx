import type { ReactNode } from 'react';

type FieldProps = {
  id: string;
  label: string;
  problem: ReactNode;
  hint?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
};

/** A labelled control, and below it what is wrong with it, which the control points to by `aria-describedby={id}-note`. */
export function Field({ id, label, problem, hint, className = '', children }: FieldProps) {
  return (
    <div className={className}>
      <div className="mb-1 flex items-baseline gap-2">
        <label htmlFor={id} className="font-medium text-sm">
          {label}
        </label>
        {hint && <span className="min-w-0 flex-1 truncate text-fine text-dim">{hint}</span>}
      </div>
      {children}
      <p id={`${id}-note`} className={problem ? 'mt-1 font-medium text-fine text-failure' : 'sr-only'}>
        {problem ?? hint}
      </p>
    </div>
  );
}

/** The box of everything that is typed into or chosen from. Width, padding and text size are left to each. */
export const boxClass =
  'min-h-8 rounded-md border border-control bg-ground pointer-coarse:min-h-11 aria-invalid:border-2 aria-invalid:border-failure';

/** The box of a field that fills its width. Phones zoom in on what is typed in less than 16 px. */
export const inputClass = `${boxClass} w-full px-2.5 py-1 text-base pointer-coarse:text-[1rem]`;

/** The box of a select, with room for its arrow. */
export const selectClass = `${boxClass} min-w-0 max-w-full ps-2.5 pe-7`;
