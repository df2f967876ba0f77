import type { EqualityMode } from '@/lib/compare/align/equality';

const names: Partial<Record<EqualityMode, string>> = {
  whitespace: 'white space only',
  'case-punctuation': 'case or punctuation only',
};

/** What kind of difference it is, where it is one in the way of writing. */
export function EqualityTag({ mode }: { mode: EqualityMode | null }) {
  const name = mode && names[mode];
  return name ? <span className="block whitespace-normal font-normal text-[13px] text-dim">{name}</span> : null;
}
