import { type ReactNode, useId } from 'react';
import type { Control } from '@/lib/session/link-options';
import { useLinkOptions } from './use-link-options';

type ControlOptionsProps = { control: Control; className?: string; children: ReactNode };

/** A control of the form, as the page's link has it: shown, hidden, or locked. */
export function ControlOptions({ control, className = '', children }: ControlOptionsProps) {
  const note = useId();
  const options = useLinkOptions();
  if (options.hide.has(control)) return null;
  if (!options.lock.has(control)) return children;
  return (
    <fieldset disabled aria-labelledby={note} className={`min-w-0 ${className}`}>
      {children}
      <p id={note} className="mt-0.5 text-fine text-dim">
        locked by the link
      </p>
    </fieldset>
  );
}
