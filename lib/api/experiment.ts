import { z } from 'zod';
import { SavedExperiment } from '@/lib/run/saved';

const count = z.int().min(0);
/** the number of a run, or of a word or character of a text: counted from 1 */
const ordinal = z.int().min(1);
const tone = z.enum(['same', 'differ', 'open']);
const FirstDifference = z.object({ word: ordinal, character: ordinal });
const LeftOut = z.array(z.object({ run: ordinal, why: z.string() }));

/** What the texts of the runs have in common: `compareRuns` says what each field means. */
const Comparison = z.object({
  texts: count,
  groups: z.array(z.object({ letter: z.string(), runs: z.array(ordinal), sha256: z.string() })),
  modal: z
    .object({ runs: z.array(ordinal), share: z.number(), interval: z.tuple([z.number(), z.number()]) })
    .nullable(),
  pairwiseMatch: z.number().nullable(),
  effectiveTexts: z.number(),
  firstDifference: FirstDifference.nullable(),
  fingerprints: z.array(z.object({ value: z.string().nullable(), runs: z.array(ordinal) })),
  compared: count,
  leftOut: LeftOut,
  verdict: z.string(),
});

/** The runs held against those of the experiment that was run again: `compareReplay` says what each field means. */
const Replay = z.object({
  sentence: z.string(),
  tone,
  pairs: z.array(z.object({ run: ordinal, matches: z.boolean(), firstDifference: FirstDifference.nullable() })),
  leftOut: LeftOut,
  groups: z.array(z.object({ letter: z.string(), stored: z.array(ordinal), now: z.array(ordinal) })),
  groupSentence: z.string(),
  fingerprintSentence: z.string(),
});

/** GET /api/experiments/{id} */
export const ExperimentResponse = SavedExperiment.extend({
  /** it was made by the browser that asks */
  own: z.boolean(),
  recipeHash: z.string(),
  comparison: Comparison,
  /** null: it is no other go at anything, or that may not be seen */
  replay: Replay.nullable(),
});
export type ExperimentResponse = z.infer<typeof ExperimentResponse>;

/** The timeline of one recipe: `drift` says what each field means. */
const Drift = z.object({
  rows: z.array(
    z.object({
      id: z.string(),
      createdAt: z.string(),
      dots: z.array(z.object({ run: ordinal, letter: z.string().nullable(), why: z.string().nullable() })),
      fingerprints: z.array(z.string().nullable()),
    }),
  ),
  letters: count,
  bands: z.array(z.object({ fingerprint: z.string().nullable(), from: count, to: count })),
  sentence: z.string(),
});

/** GET /api/experiments/{id}/replays: null if its recipe has been run but once, as far as the caller may see. */
export const ReplaysResponse = z.object({ drift: Drift.nullable() });
export type ReplaysResponse = z.infer<typeof ReplaysResponse>;

/** A title without space around it; null, or nothing but space, for none. */
const Title = z
  .string({ error: 'title must be text.' })
  .max(200, { error: 'title may have at most 200 characters.' })
  .transform((title) => title.trim() || null)
  .nullable();

/** PATCH /api/experiments/{id} */
export const RenameRequest = z.strictObject({ title: Title }, { error: 'The body must be { "title": … }.' });
export type RenameRequest = z.infer<typeof RenameRequest>;

export const RenameResponse = z.object({ id: z.string(), title: z.string().nullable() });
export type RenameResponse = z.infer<typeof RenameResponse>;

/** POST /api/experiments/{id}/share: without a title it keeps the one that it has. */
export const ShareRequest = z.strictObject({ title: Title.optional() }, { error: 'The body must be { "title"?: … }.' });
export type ShareRequest = z.infer<typeof ShareRequest>;

/** `path` is the permalink; `deletePath`, its delete link, is given once: in the answer to the first call. */
export const ShareResponse = z.object({
  id: z.string(),
  sharedAt: z.string(),
  path: z.string(),
  deletePath: z.string().nullable(),
});
export type ShareResponse = z.infer<typeof ShareResponse>;

const tokenError = 'token must be that of a delete link.';

/** DELETE /api/experiments/{id}: with the token of its delete link, or by the browser that made it. */
export const DeleteRequest = z.strictObject(
  { token: z.string({ error: tokenError }).max(100, { error: tokenError }).optional() },
  { error: 'The body must be { "token"?: … } or nothing.' },
);
export type DeleteRequest = z.infer<typeof DeleteRequest>;

/** POST /api/experiments/{id}/stop and …/runs: which runs; all of them, or all that are missing, if none are named. */
export const RunChoice = z.strictObject({ runs: z.array(ordinal).optional() });
export type RunChoice = z.infer<typeof RunChoice>;

/** POST /api/experiments/{id}/stop */
export const StopResponse = z.object({ id: z.string() });
export type StopResponse = z.infer<typeof StopResponse>;
