import type { ComponentProps } from 'react';

const variants = {
  primary: 'bg-accent text-on-accent font-semibold not-aria-disabled:hover:opacity-90',
  plain: 'border border-control bg-ground text-ink not-aria-disabled:hover:bg-panel',
  quiet: 'text-ink not-aria-disabled:hover:bg-panel',
};

type ButtonProps = ComponentProps<'button'> & { variant?: keyof typeof variants };

/** A button that is disabled can still be reached and keeps the focus: it is `aria-disabled`, not `disabled` to the browser. */
export function Button({ variant = 'plain', className = '', disabled = false, ...rest }: ButtonProps) {
  const shape =
    'inline-flex min-h-8 items-center justify-center gap-1.5 rounded-md px-3 text-sm whitespace-nowrap pointer-coarse:min-h-11 disabled:cursor-not-allowed disabled:opacity-60 aria-disabled:cursor-not-allowed aria-disabled:opacity-60';
  const off: ComponentProps<'button'> = {
    'aria-disabled': true,
    onClick: (event) => event.preventDefault(),
    popoverTarget: undefined,
  };
  return (
    <button type="button" className={`${shape} ${variants[variant]} ${className}`} {...rest} {...(disabled && off)} />
  );
}
