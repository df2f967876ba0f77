import { type ReactNode, useId } from 'react';

type NoteProps = { label: ReactNode; title: string; className?: string; children: ReactNode };

/**
 * A button that opens a short explanation beside it, or amid the page in browsers that cannot place it. Esc or a click
 * elsewhere closes it: all of that is the platform's own popover.
 */
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
        className="m-auto max-w-sm rounded-md supports-[position-area:bottom]:m-1 supports-[position-area:bottom]:[position-area:bottom_span-right] supports-[position-area:bottom]:[position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline] border border-control bg-ground p-4 text-ink text-sm shadow-lg"
      >
        <p className="mb-1 font-semibold">{title}</p>
        {children}
      </div>
    </>
  );
}
