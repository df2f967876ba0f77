import type { ComponentProps } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent font-semibold hover:opacity-90',
  plain: 'border border-control bg-ground text-ink hover:bg-panel',
  quiet: 'text-ink hover:bg-panel',
};

type ButtonProps = ComponentProps<'button'> & { look?: keyof typeof looks };

export function Button({ look = 'plain', className = '', ...rest }: ButtonProps) {
  const shape =
    'inline-flex min-h-9 items-center justify-center gap-1.5 rounded-md px-3 text-sm whitespace-nowrap pointer-coarse:min-h-11 disabled:cursor-not-allowed disabled:opacity-60';
  return <button type="button" className={`${shape} ${looks[look]} ${className}`} {...rest} />;
}
