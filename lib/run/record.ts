import { z } from 'zod';
import { RunSpec } from '@/lib/recipe/plan';
import { Cached, RunProblem, Timing, TokenInfo, Usage } from './events';

const told = { ...RunSpec.shape, text: z.string(), tokens: z.array(TokenInfo).optional() };

const EndedRun = z.object({
  ...told,
  status: z.literal('ended'),
  servedModel: z.string(),
  finish: z.string(),
  fingerprints: z.array(z.string()),
  usage: Usage.nullable(),
  requestId: z.string().nullable(),
  attempts: z.int().min(0),
  timing: Timing,
  cached: Cached,
});
export type EndedRun = z.infer<typeof EndedRun>;

const FailedRun = z.object({ ...told, status: z.literal('failed'), error: RunProblem });
export type FailedRun = z.infer<typeof FailedRun>;

/** A run that is over: what a store keeps, and what an export holds. A failed run keeps the text that had arrived. */
export const OverRun = z.discriminatedUnion('status', [EndedRun, FailedRun]);
export type OverRun = z.infer<typeof OverRun>;

/** One run as far as it has come. */
export const RunRecord = z.discriminatedUnion('status', [
  z.object({ ...told, status: z.literal('queued') }),
  z.object({ ...told, status: z.literal('running') }),
  EndedRun,
  FailedRun,
]);
export type RunRecord = z.infer<typeof RunRecord>;

/** Whether the run is over, well or badly. */
export const isOver = (record: RunRecord): record is OverRun => record.status === 'ended' || record.status === 'failed';

/** Whether running this one again may give what is missing: it failed, was stopped, or never got its turn. */
export const isMissing = (record: RunRecord): boolean =>
  record.status === 'failed' ||
  record.status === 'queued' ||
  (record.status === 'ended' && record.finish === 'aborted');
