import type { EqualityMode } from '@/lib/compare/align/equality';
import { sayKindOfDifference } from '@/lib/words/equality';

/** Says so where a difference is only one of spelling: white space, case or punctuation. */
export function EqualityTag({ mode }: { mode: EqualityMode | null }) {
  const kind = sayKindOfDifference(mode);
  return kind && <span className="block whitespace-normal font-normal text-fine text-dim">{kind}</span>;
}
