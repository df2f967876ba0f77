import type { ReactNode, Ref, ToggleEvent } from 'react';

type PopoverProps = {
  id: string;
  label: string;
  ref?: Ref<HTMLDivElement>;
  className?: string;
  /** flush with the button's end, not with its start */
  end?: boolean;
  /** holds fields: the first of them gets the focus, or the one that is wrong; on a phone it lies at the bottom */
  sheet?: boolean;
  /** it has been closed while the focus was in it, and the browser has given the focus to nothing else */
  onFocusLost?: () => void;
  children: ReactNode;
};

/**
 * What a button with `popoverTarget={id}` opens: beside the button, or in the middle of the page where a browser cannot
 * place it. Esc or a click elsewhere closes it. All of that is the platform's own popover.
 */
export function Popover({
  id,
  label,
  ref,
  className = '',
  end = false,
  sheet = false,
  onFocusLost,
  children,
}: PopoverProps) {
  function toggle({ newState, currentTarget }: ToggleEvent<HTMLDivElement>): void {
    const { activeElement, body } = document;
    if (newState === 'open' && sheet) focusField(currentTarget);
    if (newState === 'open') return;
    if (activeElement === body || currentTarget.contains(activeElement)) onFocusLost?.();
  }
  const area = end
    ? 'supports-[position-area:bottom]:[position-area:bottom_span-left]'
    : 'supports-[position-area:bottom]:[position-area:bottom_span-right]';
  return (
    <div
      id={id}
      ref={ref}
      popover="auto"
      role="dialog"
      aria-label={label}
      onToggle={toggle}
      className={`m-auto rounded-md border border-control bg-ground text-ink text-sm shadow-lg supports-[position-area:bottom]:m-1 ${sheet ? sheetClass : 'supports-[position-area:bottom]:[position-try-fallbacks:flip-block,flip-inline,flip-block_flip-inline]'} ${area} ${className}`}
    >
      {children}
    </div>
  );
}

const sheetClass =
  'supports-[position-area:bottom]:[position-try-fallbacks:flip-inline] sm:max-h-[calc(100dvh-11rem)] sm:overflow-y-auto max-sm:inset-x-0 max-sm:top-auto max-sm:bottom-0 max-sm:m-0 max-sm:max-h-[80dvh] max-sm:w-full max-sm:max-w-none max-sm:overflow-y-auto max-sm:rounded-b-none max-sm:[position-area:none]';

/**
 * Moves the focus to the first field in an element, or to the one that is wrong. Where the fields of a popover are still to come, it goes
 * there once they have, unless it has gone elsewhere.
 */
export function focusField(fields: HTMLElement): void {
  const wrong = fields.querySelector<HTMLElement>('[aria-invalid="true"]');
  const field = wrong ?? fields.querySelector<HTMLElement>('input, select, textarea');
  field?.focus();
  if (field) return;
  const from = document.activeElement;
  const coming = new MutationObserver(() => {
    coming.disconnect();
    if (document.activeElement === from && fields.matches(':popover-open')) focusField(fields);
  });
  coming.observe(fields, { childList: true, subtree: true });
}
