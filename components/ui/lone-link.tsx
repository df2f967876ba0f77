import type { ComponentProps } from 'react';

/** A link that stands by itself, not in a sentence: as high as what is to be pressed must be. */
export const LoneLink = ({ className = 'underline', ...rest }: ComponentProps<'a'>) => (
  <a className={`inline-block min-h-6 content-center ${className}`} {...rest} />
);
