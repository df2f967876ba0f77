import { type ReactNode, useId } from 'react';

type NoteProps = { label: ReactNode; title: string; className?: string; children: ReactNode };

/** A button that opens a short explanation in place. Esc or a click elsewhere closes it (the platform's own popover). */
export function Note({ label, title, className = '', children }: NoteProps) {
  const id = useId();
  return (
    <>
      <button type="button" popoverTarget={id} className={className}>
        {label}
      </button>
      <div
        id={id}
        popover="auto"
        role="dialog"
        aria-label={title}
        className="m-auto max-w-sm rounded-md border border-control bg-ground p-4 text-ink text-sm shadow-lg"
      >
        <p className="mb-1 font-semibold">{title}</p>
        {children}
      </div>
    </>
  );
}
