import type { Rung } from '@/lib/compare/ladder';

const names: Partial<Record<Rung, string>> = {
  whitespace: 'white space only',
  'case-punctuation': 'case or punctuation only',
};

/** What kind of difference it is, where it is one in the way of writing. */
export function LadderTag({ rung }: { rung: Rung | null }) {
  const name = rung && names[rung];
  return name ? <span className="block whitespace-normal font-normal text-[13px] text-dim">{name}</span> : null;
}
