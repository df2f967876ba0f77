import * as v from 'valibot';
import { SavedExperiment } from '@/lib/run/check';
import { Comparison } from './comparison';
import { Drift } from './drift';
import { ProbeFindings } from './probe';
import { Replay } from './replay';

/** GET /api/experiments/{id} */
export const ExperimentResponse = v.object({
  ...SavedExperiment.entries,
  /** it was made by the caller's browser */
  own: v.boolean(),
  recipeHash: v.string(),
  comparison: Comparison,
  /** null if it repeats no experiment, or none that the caller may see */
  replay: v.nullable(Replay),
  /** what it found, if it is a probe */
  probe: v.nullable(ProbeFindings),
});
export type ExperimentResponse = v.InferOutput<typeof ExperimentResponse>;

/** GET /api/experiments/{id}/replays: null if its recipe was run only once, as far as the caller may see. */
export const ReplaysResponse = v.object({ drift: v.nullable(Drift) });
export type ReplaysResponse = v.InferOutput<typeof ReplaysResponse>;

/**
 * GET /api/experiments/{id}/own: what the page of a shared experiment does not say, since everybody gets the same one. Whether
 * it was made by the caller's browser, the experiment that it repeats, and how its recipe came out whenever the caller
 * ran it; null where that is no more than everybody may see.
 */
export const OwnResponse = v.object({
  own: v.boolean(),
  parent: v.nullable(SavedExperiment),
  drift: v.nullable(Drift),
});
export type OwnResponse = v.InferOutput<typeof OwnResponse>;

/** PATCH /api/experiments/{id} */
export const RenameResponse = v.object({ id: v.string(), title: v.nullable(v.string()) });
export type RenameResponse = v.InferOutput<typeof RenameResponse>;

/**
 * POST /api/experiments/{id}/share: `path` is the permalink. `deletePath`, its delete link, is only in the answer to the first
 * call.
 */
export const ShareResponse = v.object({
  id: v.string(),
  sharedAt: v.string(),
  path: v.string(),
  deletePath: v.nullable(v.string()),
  /** when it will be deleted; null if it is kept */
  deletedAfter: v.nullish(v.string(), null),
});
export type ShareResponse = v.InferOutput<typeof ShareResponse>;

/** POST /api/experiments/{id}/stop */
export const StopResponse = v.object({ id: v.string() });
export type StopResponse = v.InferOutput<typeof StopResponse>;
