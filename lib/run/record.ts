import type { OverRun, RunRecord } from './schema';

export type { EndedRun, FailedRun, OverRun, RunningRun, RunRecord } from './schema';

/** Whether the run is over, ended or failed. */
export const isOver = (record: RunRecord): record is OverRun => record.status === 'ended' || record.status === 'failed';

/** Whether a call was sent for a run that is over: one that was stopped while it waited for its turn went to no address. */
export const wasSent = (record: OverRun): boolean =>
  record.status === 'failed' || record.finish !== 'aborted' || record.endpoint !== undefined;

/** Whether this run has no finished text and could be run again: it failed, was stopped, or was never sent. */
export const isMissing = (record: RunRecord): boolean =>
  record.status === 'failed' ||
  record.status === 'queued' ||
  (record.status === 'ended' && record.finish === 'aborted');

/** Whether it makes sense to run a missing run again as it is: not if the provider refused the very request. */
export const isWorthRetrying = (record: RunRecord): boolean =>
  isMissing(record) && !(record.status === 'failed' && record.error.code === 'bad_request');
