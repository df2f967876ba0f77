'use client';

import { later } from '@/components/ui/later';

/** A character that cannot be seen: by its number, until its sign and name have been loaded. */
export const Invisible = later(
  () => import('./invisible-sign').then((invisible) => invisible.InvisibleSign),
  ({ code }) => `U+${code}`,
);
