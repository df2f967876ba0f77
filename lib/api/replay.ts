import { z } from 'zod';
import { FirstDifference, ordinal, Tone } from './facts';

/** The runs held against those of the experiment that was run again: `compareReplay` says what each field means. */
export const Replay = z.object({
  /** run by run, in one sentence */
  sentence: z.string(),
  tone: Tone,
  pairs: z.array(z.object({ run: ordinal, matches: z.boolean(), firstDifference: FirstDifference.nullable() })),
  /** `why` names the side: "stored run 3 failed: rate limit." */
  leftOut: z.array(z.object({ run: ordinal, why: z.string() })),
  groups: z.array(z.object({ letter: z.string(), stored: z.array(ordinal), now: z.array(ordinal) })),
  /** the texts as groups, where run by run says little; '' where it says all */
  groupSentence: z.string(),
  /** what the fingerprints add, never as a proven cause; '' while one side has no text */
  fingerprintSentence: z.string(),
});
export type Replay = z.infer<typeof Replay>;
