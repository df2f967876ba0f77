import { z } from 'zod';
import { Destination, FirstDifference, LeftOutReason, ordinal, Tone } from './facts';

const Dispatch = z.enum(['parallel', 'sequential']);
const fingerprints = z.array(z.string().nullable());

const Facts = z.object({
  kind: z.enum(['compared', 'no-stored-text', 'no-new-text', 'no-common-run', 'other-recipe']),
  imported: z.boolean(),
  sent: z.object({ stored: Dispatch, now: Dispatch }).nullable(),
  progress: z.object({ finished: z.int(), planned: z.int() }).nullable(),
  leftOut: z.array(
    z.object({
      side: z.enum(['stored', 'new']),
      run: ordinal,
      reason: z.union([LeftOutReason, z.object({ kind: z.literal('missing') })]),
    }),
  ),
  unseeded: z.array(ordinal),
  inGroups: z.boolean(),
  destinations: z
    .object({
      kind: z.enum(['changed', 'unrecorded']),
      stored: z.array(Destination),
      now: z.array(Destination),
      /** the same as `imported` */
      claimed: z.boolean(),
    })
    .nullable(),
  fingerprints: z
    .object({
      kind: z.enum(['unchanged', 'changed', 'never-reported', 'not-reported-then', 'not-reported-now']),
      stored: fingerprints,
      now: fingerprints,
    })
    .nullable(),
});

/** The runs compared with those of the experiment that they repeat; see `compareReplay` for each field. */
export const Replay = z.object({
  /** run by run, in one sentence */
  sentence: z.string(),
  tone: Tone,
  pairs: z.array(z.object({ run: ordinal, matches: z.boolean(), firstDifference: FirstDifference.nullable() })),
  /** `why` names the side: "stored run 3 failed: rate limit." */
  leftOut: z.array(z.object({ run: ordinal, why: z.string() })),
  groups: z.array(z.object({ letter: z.string(), stored: z.array(ordinal), now: z.array(ordinal) })),
  /** the texts as groups, where comparing run by run says little; else '' */
  groupSentence: z.string(),
  /** where the runs were sent, if that has changed or may have; else '' */
  addressSentence: z.string(),
  /** what the fingerprints add, never as a proven cause; '' if one side has no text */
  fingerprintSentence: z.string(),
  /** the facts behind the sentences, tagged by `kind` */
  facts: Facts,
});
export type Replay = z.infer<typeof Replay>;
