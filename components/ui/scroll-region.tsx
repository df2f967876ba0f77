import type { ComponentProps } from 'react';

type ScrollRegionProps = Omit<ComponentProps<'section'>, 'tabIndex' | 'aria-label'> & { label: string };

/**
 * A named part of the page that scrolls by itself, and can be reached by keyboard to do so. `className` says in which
 * direction.
 */
export function ScrollRegion({ label, className = 'overflow-x-auto', ...rest }: ScrollRegionProps) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={`relative ${className}`}
      {...rest}
    />
  );
}
