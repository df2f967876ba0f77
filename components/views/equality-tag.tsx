import type { EqualityMode } from '@/lib/compare/align/equality';
import { sayKindOfDifference } from '@/lib/words/equality';

/** What kind of difference it is, where it is one in the way of writing. */
export function EqualityTag({ mode }: { mode: EqualityMode | null }) {
  const kind = sayKindOfDifference(mode);
  return kind && <span className="block whitespace-normal font-normal text-fine text-dim">{kind}</span>;
}
