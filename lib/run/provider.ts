import type { Dialect } from '@/lib/recipe/dialect';
import type { RunSpec } from '@/lib/recipe/plan';
import type { ChatRequest } from '@/lib/recipe/recipe';
import type { Result } from '@/lib/result';
import type { Endpoint, Exchange, RunEvent, RunProblem } from './events';

/**
 * What a provider reports during one run: everything after run-start, which the caller reports, up to its one end, with what
 * was sent for it.
 */
export type ProviderEvent =
  | Extract<RunEvent, { type: 'run-wait' | 'text-delta' }>
  | (Extract<RunEvent, { type: 'run-end' | 'run-error' }> & { exchange?: Exchange });

/** Who has a run made: a visitor, and for which experiment. Where turns are taken they go round among both. */
export type Caller = { visitor: string; experiment: string };

/** One run to make: its entry in the plan, the parameters to send, and a signal to stop it. */
export type RunCall = {
  spec: RunSpec;
  request: ChatRequest;
  /** aborting ends the run with finish "aborted" and the text that has arrived */
  signal: AbortSignal;
  /** milliseconds that the run waited to be sent; reported in its timing */
  queuedMs: number;
  /** tokens a second at which Seedling should write; others ignore it */
  pace?: number | undefined;
  /** whose run it is; only the models inside are told */
  caller?: Caller | undefined;
};

/** The line in which runs wait for their turn at a provider. */
export type Line = {
  /** how many are under way, and how many wait */
  readonly inFlight: number;
  readonly waiting: number;
  /** Resolves when it is a run's turn, to what is to be called when it is over; at once when `signal` aborts. */
  enter(caller: Caller, signal: AbortSignal): Promise<() => void>;
};

/** What a service says that a model costs, in dollars: a token that is sent, one that is written, and each call besides. */
export type Price = { sentToken: number; writtenToken: number; call: number };

/**
 * A model as its service lists it, and the day from which it answers no more, as the service writes it, if it tells one; its price
 * likewise.
 */
export type ListedModel = { id: string; shutdownDate: string | null; price?: Price };

/** Makes runs against one service. Never throws: each run yields waits, deltas and exactly one run-end or run-error, last. */
export type Provider = {
  /** where it sends its calls; null if the service is inside this server */
  readonly endpoint: Endpoint | null;
  /** set if it sends a key that a visitor has brought */
  readonly key?: 'visitor';
  /** how its service wants a request; absent if as OpenAI does */
  readonly dialect?: Dialect;
  /** what a run has to wait for before it is made; absent if any number may go on at once */
  readonly line?: Line;
  run(call: RunCall): AsyncIterable<ProviderEvent>;
  models(): Promise<Result<ListedModel[], RunProblem>>;
};
