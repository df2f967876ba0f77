import { z } from 'zod';
import { SavedExperiment } from '@/lib/run/saved';
import { Comparison } from './comparison';
import { Drift } from './drift';
import { ordinal } from './facts';
import { Replay } from './replay';

/** GET /api/experiments/{id} */
export const ExperimentResponse = SavedExperiment.extend({
  /** it was made by the caller's browser */
  own: z.boolean(),
  recipeHash: z.string(),
  comparison: Comparison,
  /** null if it repeats no experiment, or none that the caller may see */
  replay: Replay.nullable(),
});
export type ExperimentResponse = z.infer<typeof ExperimentResponse>;

/** GET /api/experiments/{id}/replays: null if its recipe was run only once, as far as the caller may see. */
export const ReplaysResponse = z.object({ drift: Drift.nullable() });
export type ReplaysResponse = z.infer<typeof ReplaysResponse>;

/**
 * GET /api/experiments/{id}/own: what the page of a shared experiment does not say, since everybody gets the same one. Whether
 * it was made by the caller's browser, the experiment that it repeats, and how its recipe came out whenever the caller
 * ran it; null where that is no more than everybody may see.
 */
export const OwnResponse = z.object({
  own: z.boolean(),
  parent: SavedExperiment.nullable(),
  drift: Drift.nullable(),
});
export type OwnResponse = z.infer<typeof OwnResponse>;

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

/** `path` is the permalink. `deletePath`, its delete link, is only in the answer to the first call. */
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
