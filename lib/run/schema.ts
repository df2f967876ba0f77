import { z } from 'zod';
import { Recipe, RunSpec } from '@/lib/recipe/schema';
import { isAddress } from './events';

/*
 * What happens to an experiment and what is kept of it, as the server reads it. This is the one truth; `check.ts` reads the
 * same without zod, which is too heavy for a page, and a test holds the two to the same verdicts. What was sent for a run
 * (`exchange`) is kept and exported, but neither streamed nor shown with all runs: a page asks for one when it is opened.
 */

const bytes = z.array(z.int()).nullable();
/** One token with its logprob and the likeliest alternatives, under OpenAI's own field names. */
export const TokenInfo = z.object({
  token: z.string(),
  logprob: z.number(),
  bytes,
  top_logprobs: z.array(z.object({ token: z.string(), logprob: z.number(), bytes })),
});
export type TokenInfo = z.infer<typeof TokenInfo>;

/**
 * The part of the API's `usage` that every compatible server sends; and if it says so, how much of the prompt came from the
 * server's prompt cache, and how much of the completion is reasoning. In tokens.
 */
export const Usage = z.object({
  prompt_tokens: z.int().min(0),
  completion_tokens: z.int().min(0),
  total_tokens: z.int().min(0),
  prompt_tokens_details: z.object({ cached_tokens: z.int().min(0).nullish() }).nullish(),
  completion_tokens_details: z.object({ reasoning_tokens: z.int().min(0).nullish() }).nullish(),
});
export type Usage = z.infer<typeof Usage>;

/** Milliseconds: waiting to be sent; from sending to the first text (null if none came); from sending to the end. */
const Timing = z.object({ queuedMs: z.number(), firstTextMs: z.number().nullable(), totalMs: z.number() });

/**
 * Where a server that speaks Chat Completions answers, without what may be secret in its address: user information, query
 * and fragment. `http://localhost:11434/v1/?a=b` is `{ origin: 'http://localhost:11434', path: '/v1' }`; at the root of a
 * server the path is ''.
 */
export const Endpoint = z.object({ origin: z.string(), path: z.string() }).refine(isAddress);
export type Endpoint = z.infer<typeof Endpoint>;

/** Where a run was sent: null for a model inside this server; absent if it was never sent, or if that was not recorded. */
const SentTo = Endpoint.nullable().optional();

/** Set if the run was made, or was to be made, with a key of the visitor's own. The key itself is in no event and no record. */
const WhoseKey = z.literal('visitor').optional();

/** Set if the answer was asked for in one piece, so that nothing comes before all of it. */
const Streamed = z.literal(false).optional();

/** Set if the model did not run because a cache on the way had the answer. */
const Cached = z.literal(true).optional();

/**
 * What a model wrote before its answer, and its server told apart from it: "reasoning" or "thinking". Absent if there was none.
 */
const Reasoning = z.string().optional();

/** The seed that the server says it has used; absent if it does not say. As text where JSON's numbers end. */
const ServedSeed = z.union([z.int(), z.string()]).optional();

/**
 * How many requests of this experiment the back end had in flight when it got this one, this one counted, if it calculates by
 * that and says so: with the same number it gives the same text.
 */
const InFlight = z.int().min(1).optional();

/** The server's own word for why an answer ended, where that is not OpenAI's. */
const RawFinish = z.string().optional();

/**
 * What was odd about an answer that was read all the same: `usage_incomplete`, `logprobs_incomplete` (numbers were missing or no
 * numbers), `no_finish_reason`, `unknown_finish_reason`, `not_streamed` (one JSON answer in place of a stream), `reasoning_logprobs`
 * (there were logprobs of the reasoning, which are left out), `key_masked` (the
 * visitor's own key stood in it, and stands there as "[key]").
 */
const Notes = z.array(z.string()).optional();

export const RunProblem = z.object({
  code: z.string(),
  message: z.string(),
  status: z.int().nullable(),
  param: z.string().nullable(),
  retryable: z.boolean(),
});
export type RunProblem = z.infer<typeof RunProblem>;

const Headers = z.record(z.string(), z.string());

/**
 * What was really sent for a run, and what came back beside its answer: its last try, if there were several. Of headers there
 * are those that matter, with `[key]` in place of a key. The body is JSON as it was sent, but for the recipe's messages, in
 * whose place it has `[]` (see exchange.ts); null if it was too long to be kept. Of a model inside this server the URL is a path.
 */
export const Exchange = z.object({
  request: z.object({ url: z.string(), headers: Headers, body: z.string().nullable() }),
  response: z.object({ status: z.int(), headers: Headers }).nullable(),
});
export type Exchange = z.infer<typeof Exchange>;

/** How often a failed run was sent; absent if that was not recorded. */
const Attempts = z.int().min(0).optional();

/**
 * What a run waits for that was sent and refused: it is sent for the `attempt`th time in `ms` milliseconds, or has been if that is
 * 0. `code` is that of the refusal; `asked` if the provider asks for the wait.
 */
const Wait = z.object({ attempt: z.int().min(2), ms: z.int().min(0), asked: z.boolean(), code: z.string() });
export type Wait = z.infer<typeof Wait>;

const run = z.int().min(1);

/**
 * Everything that can happen to an experiment. The stream to the browser carries these and nothing else. Each run that
 * was started ends with exactly one run-end or run-error.
 */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('experiment-start'), id: z.string(), recipe: Recipe, runs: z.array(RunSpec) }),
  z.object({ type: z.literal('run-start'), run, endpoint: SentTo, streamed: Streamed, key: WhoseKey }),
  z.object({ type: z.literal('run-wait'), run, ...Wait.shape }),
  z.object({
    type: z.literal('text-delta'),
    run,
    text: z.string(),
    reasoning: Reasoning,
    tokens: z.array(TokenInfo).optional(),
  }),
  z.object({
    type: z.literal('run-end'),
    run,
    finish: z.string(),
    model: z.string(),
    fingerprints: z.array(z.string()),
    usage: Usage.nullable(),
    requestId: z.string().nullable(),
    attempts: z.int().min(0),
    timing: Timing,
    cached: Cached,
    servedSeed: ServedSeed,
    inFlight: InFlight,
    rawFinish: RawFinish,
    notes: Notes,
  }),
  // A failed run keeps what the server had said of itself.
  z.object({
    type: z.literal('run-error'),
    run,
    error: RunProblem,
    model: z.string().optional(),
    fingerprints: z.array(z.string()).optional(),
    attempts: Attempts,
  }),
  z.object({ type: z.literal('experiment-end'), id: z.string() }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

const runFields = {
  ...RunSpec.shape,
  text: z.string(),
  reasoning: Reasoning,
  tokens: z.array(TokenInfo).optional(),
};
const startedFields = { ...runFields, endpoint: SentTo, streamed: Streamed, key: WhoseKey };

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
  servedSeed: ServedSeed,
  inFlight: InFlight,
  rawFinish: RawFinish,
  notes: Notes,
  exchange: Exchange.optional(),
});
export type EndedRun = z.infer<typeof EndedRun>;

const FailedRun = z.object({
  ...startedFields,
  status: z.literal('failed'),
  error: RunProblem,
  servedModel: z.string().optional(),
  fingerprints: z.array(z.string()).optional(),
  attempts: Attempts,
  exchange: Exchange.optional(),
});
export type FailedRun = z.infer<typeof FailedRun>;

/** A run that is over, as stores and exports hold it. A failed run keeps what had arrived. */
export const OverRun = z.discriminatedUnion('status', [EndedRun, FailedRun]);
export type OverRun = z.infer<typeof OverRun>;

const RunningRun = z.object({ ...startedFields, status: z.literal('running'), wait: Wait.optional() });
export type RunningRun = z.infer<typeof RunningRun>;

/** One run in any state. */
export const RunRecord = z.discriminatedUnion('status', [
  z.object({ ...runFields, status: z.literal('queued') }),
  RunningRun,
  EndedRun,
  FailedRun,
]);
export type RunRecord = z.infer<typeof RunRecord>;

/**
 * An experiment as it is stored, shown under its permalink, exported and imported. `origin` says where the texts come
 * from: 'run' if this server requested them, 'import' if somebody brought them. Times are ISO 8601 in UTC. `parent` is the
 * experiment whose recipe was run again.
 */
export const SavedExperiment = z.object({
  id: z.string(),
  recipe: Recipe,
  title: z.string().nullable(),
  createdAt: z.string(),
  sharedAt: z.string().nullable(),
  parent: z.string().nullable(),
  origin: z.enum(['run', 'import']),
  runs: z.array(RunRecord),
});
export type SavedExperiment = z.infer<typeof SavedExperiment>;
