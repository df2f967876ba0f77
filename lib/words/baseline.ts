import type { Baseline, SideBySide } from '@/lib/compare/side-by-side';

const names = {
  medoid: 'the text in the middle',
  stored: 'the same run as it was stored',
  expected: 'a text you expect',
  none: 'nothing: mark what varies',
};

const commonNames = {
  one: 'the most common text',
  several: 'the first of the most common texts',
  none: 'the first text: none comes twice',
};

/** What the others are compared with: "run 3", "the most common text". */
export function sayBaseline(baseline: Baseline, commonest: SideBySide['commonest']): string {
  if (typeof baseline === 'number') return `run ${baseline}`;
  return baseline === 'common' ? commonNames[commonest] : names[baseline];
}
