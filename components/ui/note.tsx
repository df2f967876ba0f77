import { type ReactNode, useId } from 'react';
import { Popover } from './popover';

type NoteProps = { label: ReactNode; title: string; className?: string; children: ReactNode };

/** A button that opens a short explanation beside it. */
export function Note({ label, title, className = '', children }: NoteProps) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className={className}>
        {label}
      </button>
      <Popover id={id} label={title} className="max-w-sm p-4">
        <p className="mb-1 font-semibold">{title}</p>
        {children}
      </Popover>
    </>
  );
}
