import * as v from 'valibot';
import { Destination, FirstDifference, LeftOutReason, ordinal, Tone, whole } from './facts';

const Dispatch = v.picklist(['parallel', 'sequential']);
const fingerprints = v.array(v.nullable(v.string()));

const Facts = v.object({
  kind: v.picklist(['compared', 'no-stored-text', 'no-new-text', 'no-common-run', 'other-recipe']),
  imported: v.boolean(),
  sent: v.nullable(v.object({ stored: Dispatch, now: Dispatch })),
  progress: v.nullable(v.object({ finished: whole, planned: whole })),
  leftOut: v.array(
    v.object({
      side: v.picklist(['stored', 'new']),
      run: ordinal,
      reason: v.union([LeftOutReason, v.object({ kind: v.literal('missing') })]),
    }),
  ),
  unseeded: v.array(ordinal),
  drawnAnew: v.array(ordinal),
  inGroups: v.boolean(),
  destinations: v.nullable(
    v.object({
      kind: v.picklist(['changed', 'unrecorded']),
      stored: v.array(Destination),
      now: v.array(Destination),
      /** the same as `imported` */
      claimed: v.boolean(),
    }),
  ),
  fingerprints: v.nullable(
    v.object({
      kind: v.picklist(['unchanged', 'changed', 'never-reported', 'not-reported-then', 'not-reported-now']),
      stored: fingerprints,
      now: fingerprints,
    }),
  ),
});

/** The runs compared with those of the experiment that they repeat; see `compareReplay` for each field. */
export const Replay = v.object({
  /** run by run, in one sentence */
  sentence: v.string(),
  tone: Tone,
  pairs: v.array(v.object({ run: ordinal, matches: v.boolean(), firstDifference: v.nullable(FirstDifference) })),
  /** `why` names the side: "stored run 3 failed: rate limit." */
  leftOut: v.array(v.object({ run: ordinal, why: v.string() })),
  groups: v.array(v.object({ letter: v.string(), stored: v.array(ordinal), now: v.array(ordinal) })),
  /** the texts as groups, where comparing run by run says little; else '' */
  groupSentence: v.string(),
  /** where the runs were sent, if that has changed or may have; else '' */
  addressSentence: v.string(),
  /** what the fingerprints add, never as a proven cause; '' if one side has no text */
  fingerprintSentence: v.string(),
  /** the facts behind the sentences, tagged by `kind` */
  facts: Facts,
});
export type Replay = v.InferOutput<typeof Replay>;
