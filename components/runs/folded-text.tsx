'use client';

import { later } from '@/components/ui/later';
import type { FoldedTextProps } from './folded-words';

/** A stretch that is the same in all runs. Few texts have folds: until what folds them is there, it stands in full. */
export const FoldedText = later<FoldedTextProps>(
  () => import('./folded-words').then((folded) => folded.FoldedWords),
  ({ text }) => text,
);
