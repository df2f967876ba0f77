import { type ReactNode, useId } from 'react';
import type { Control, LinkOptions } from '@/lib/session/link-options';

type ControlOptionsProps = { control: Control; options: LinkOptions; className?: string; children: ReactNode };

/** A control of the form as the page's link wants it: as it is, hidden, or locked. */
export function ControlOptions({ control, options, className = '', children }: ControlOptionsProps) {
  const note = useId();
  if (options.hide.has(control)) return null;
  if (!options.lock.has(control)) return children;
  return (
    <fieldset disabled aria-labelledby={note} className={`min-w-0 ${className}`}>
      {children}
      <p id={note} className="mt-0.5 text-[13px] text-dim">
        locked by the link
      </p>
    </fieldset>
  );
}
