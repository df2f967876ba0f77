import type { RunSpec } from '@/lib/recipe/plan';
import type { RunEnd, RunProblem, TokenInfo } from './events';

type Told = RunSpec & { text: string; tokens?: TokenInfo[] };
export type EndedRun = Told & { status: 'ended'; servedModel: string } & Omit<RunEnd, 'type' | 'run' | 'model'>;
export type FailedRun = Told & { status: 'failed'; error: RunProblem };

/** What is kept of one run. A failed run keeps the text that had arrived. */
export type RunRecord = (Told & { status: 'queued' }) | (Told & { status: 'running' }) | EndedRun | FailedRun;

/** Whether the run is over, well or badly. */
export const isOver = (record: RunRecord): record is EndedRun | FailedRun =>
  record.status === 'ended' || record.status === 'failed';

/** Whether running this one again may give what is missing: it failed, was stopped, or never got its turn. */
export const isMissing = (record: RunRecord): boolean =>
  record.status === 'failed' ||
  record.status === 'queued' ||
  (record.status === 'ended' && record.finish === 'aborted');
