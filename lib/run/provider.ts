import type { RunSpec } from '@/lib/recipe/plan';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { RunEvent } from './events';

/** What happens during one run: everything between run-start, which the caller says, and its one end. */
export type ProviderEvent = Extract<RunEvent, { type: 'text-delta' | 'run-end' | 'run-error' }>;

/** One run to make: its place in the plan, the parameters to send, and when to give up. */
export type RunCall = {
  spec: RunSpec;
  request: ChatRequest;
  /** aborting ends the run with finish "aborted" and what had arrived */
  signal: AbortSignal;
  /** milliseconds that the run had waited for its turn; reported in its timing */
  queuedMs: number;
  /** tokens a second at which Seedling is to write; others ignore it */
  pace?: number | undefined;
};

/** Makes runs against one service. Never throws: each run yields deltas and exactly one run-end or run-error, last. */
export type Provider = { run(call: RunCall): AsyncIterable<ProviderEvent>; models(): Promise<string[]> };
