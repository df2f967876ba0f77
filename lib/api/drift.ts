import { z } from 'zod';
import { count, DriftFinding, LeftOutReason, ordinal } from './facts';

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
    }),
  ),
  letters: count,
  /** `fingerprint` says in one text what `fingerprints` and `partly` say; null if there are none */
  bands: z.array(
    z.object({
      fingerprint: z.string().nullable(),
      fingerprints: z.array(z.string()),
      partly: z.boolean(),
      from: count,
      to: count,
    }),
  ),
  sentence: z.string(),
  facts: DriftFinding,
});
export type Drift = z.infer<typeof Drift>;
