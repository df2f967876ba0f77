import { z } from 'zod';
import { RunSpec } from '@/lib/recipe/plan';
import { Cached, Notes, RawFinish, Reasoning, RunProblem, SentTo, Timing, TokenInfo, Usage } from './events';

const runFields = {
  ...RunSpec.shape,
  text: z.string(),
  reasoning: Reasoning,
  tokens: z.array(TokenInfo).optional(),
};
const startedFields = { ...runFields, endpoint: SentTo };

const EndedRun = z.object({
  ...startedFields,
  status: z.literal('ended'),
  servedModel: z.string(),
  finish: z.string(),
  fingerprints: z.array(z.string()),
  usage: Usage.nullable(),
  requestId: z.string().nullable(),
  attempts: z.int().min(0),
  timing: Timing,
  cached: Cached,
  rawFinish: RawFinish,
  notes: Notes,
});
export type EndedRun = z.infer<typeof EndedRun>;

const FailedRun = z.object({
  ...startedFields,
  status: z.literal('failed'),
  error: RunProblem,
  servedModel: z.string().optional(),
  fingerprints: z.array(z.string()).optional(),
});
export type FailedRun = z.infer<typeof FailedRun>;

/** A run that is over, as stores and exports hold it. A failed run keeps what had arrived. */
export const OverRun = z.discriminatedUnion('status', [EndedRun, FailedRun]);
export type OverRun = z.infer<typeof OverRun>;

/** One run in any state. */
export const RunRecord = z.discriminatedUnion('status', [
  z.object({ ...runFields, status: z.literal('queued') }),
  z.object({ ...startedFields, status: z.literal('running') }),
  EndedRun,
  FailedRun,
]);
export type RunRecord = z.infer<typeof RunRecord>;

/** Whether the run is over, ended or failed. */
export const isOver = (record: RunRecord): record is OverRun => record.status === 'ended' || record.status === 'failed';

/** Whether this run has no finished text and could be run again: it failed, was stopped, or was never sent. */
export const isMissing = (record: RunRecord): boolean =>
  record.status === 'failed' ||
  record.status === 'queued' ||
  (record.status === 'ended' && record.finish === 'aborted');

/** Whether it makes sense to run a missing run again as it is: not if the provider refused the very request. */
export const isWorthRetrying = (record: RunRecord): boolean =>
  isMissing(record) && !(record.status === 'failed' && record.error.code === 'bad_request');
