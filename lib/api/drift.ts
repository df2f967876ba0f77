import { z } from 'zod';
import { count, Destination, DriftFinding, LeftOutReason, ordinal } from './facts';

/** A run on a timeline: its text's letter, or why it has none, as a fact (`leftOut`) and in words that fit after "run 3". */
const Dot = z.object({
  run: ordinal,
  letter: z.string().nullable(),
  why: z.string().nullable(),
  leftOut: LeftOutReason.nullable(),
});

/** The timeline of one recipe; see `drift` for each field. */
export const Drift = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      createdAt: z.string(),
      dots: z.array(Dot),
      fingerprints: z.array(z.string().nullable()),
      destinations: z.array(Destination),
    }),
  ),
  letters: count,
  /** `fingerprint` and `address` say in one text each what `fingerprints` and `partly`, and `destinations`, say; null if there are none */
  bands: z.array(
    z.object({
      fingerprint: z.string().nullable(),
      fingerprints: z.array(z.string()),
      partly: z.boolean(),
      address: z.string().nullable(),
      destinations: z.array(Destination),
      from: count,
      to: count,
    }),
  ),
  /** whether not all bands were sent to the same destinations */
  moved: z.boolean(),
  sentence: z.string(),
  facts: DriftFinding,
});
export type Drift = z.infer<typeof Drift>;
