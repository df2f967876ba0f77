import type { ReactNode } from 'react';

type PopoverProps = { id: string; label: string; className?: string; end?: boolean; children: ReactNode };

/**
 * What a button with `popoverTarget={id}` opens: beside the button, or in the middle of the page where a browser cannot
 * place it. Esc or a click elsewhere closes it. All of that is the platform's own popover. With `end` it is flush with the
 * button's end, not with its start.
 */
export function Popover({ id, label, className = '', end = false, children }: PopoverProps) {
  const area = end
    ? 'supports-[position-area:bottom]:[position-area:bottom_span-left]'
    : 'supports-[position-area:bottom]:[position-area:bottom_span-right]';
  return (
    <div
      id={id}
      popover="auto"
      role="dialog"
      aria-label={label}
      className={`m-auto rounded-md border border-control bg-ground text-ink text-sm shadow-lg supports-[position-area:bottom]:m-1 supports-[position-area:bottom]:[position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline] ${area} ${className}`}
    >
      {children}
    </div>
  );
}
