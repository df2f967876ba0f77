import * as v from 'valibot';
import { count, Destination, DriftFinding, LeftOutReason, ordinal } from './facts';

/** A run on a timeline: its text's letter, or why it has none, as a fact (`leftOut`) and in words that fit after "run 3". */
const Dot = v.object({
  run: ordinal,
  letter: v.nullable(v.string()),
  why: v.nullable(v.string()),
  leftOut: v.nullable(LeftOutReason),
});

/** The timeline of one recipe; see `drift` for each field. */
export const Drift = v.object({
  rows: v.array(
    v.object({
      id: v.string(),
      createdAt: v.string(),
      dots: v.array(Dot),
      fingerprints: v.array(v.nullable(v.string())),
      destinations: v.array(Destination),
    }),
  ),
  letters: count,
  /** `fingerprint` and `address` say in one text each what `fingerprints` and `partly`, and `destinations`, say; null if there are none */
  bands: v.array(
    v.object({
      fingerprint: v.nullable(v.string()),
      fingerprints: v.array(v.string()),
      partly: v.boolean(),
      address: v.nullable(v.string()),
      destinations: v.array(Destination),
      from: count,
      to: count,
    }),
  ),
  /** whether not all bands were sent to the same destinations */
  moved: v.boolean(),
  sentence: v.string(),
  facts: DriftFinding,
});
export type Drift = v.InferOutput<typeof Drift>;
