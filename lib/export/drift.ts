import type { Drift } from '@/lib/api/drift';
import type { Drift as DriftFacts } from '@/lib/compare/measure/drift';
import { sayBand, sayBandAddress, sayDrift } from '@/lib/words/drift';
import { sayReason } from '@/lib/words/left-out';

/** A timeline, with its finding in words. */
export const toDrift = ({ rows, letters, bands, moved, finding }: DriftFacts): Drift => ({
  rows: rows.map((row) => ({
    ...row,
    dots: row.dots.map((dot) => ({ ...dot, why: dot.leftOut && sayReason(dot.leftOut) })),
  })),
  letters,
  bands: bands.map((band) => ({ ...band, fingerprint: sayBand(band), address: sayBandAddress(band) })),
  moved,
  sentence: sayDrift(finding),
  facts: finding,
});
