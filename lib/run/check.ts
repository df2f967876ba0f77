import * as v from 'valibot';
import { checkRecipe } from '@/lib/recipe/check';
import type { Recipe } from '@/lib/recipe/recipe';
import { isSeed, type Seed } from '@/lib/recipe/seed';
import { isAddress } from './events';

/*
 * What happens to an experiment and what is kept of it, as a page reads it: line by line what `schema.ts` has in zod, which is
 * ten times as heavy. A test holds the two to the same verdicts.
 */

const number = v.pipe(v.number(), v.finite());
const whole = v.pipe(v.number(), v.safeInteger());
const count = v.pipe(whole, v.minValue(0));
const run = v.pipe(whole, v.minValue(1));

const RecipeInside = v.custom<Recipe>((input) => checkRecipe(input).ok);
/** A number, or a text of the digits of a larger one. */
export const SeedInside: v.GenericSchema<unknown, Seed> = v.union([
  v.pipe(v.number(), v.safeInteger()),
  v.pipe(
    v.string(),
    v.check((text: string) => isSeed(text)),
  ),
]);
const RunSpec = v.object({ run, arm: count, repeat: run, seed: v.nullable(SeedInside), model: v.string() });

const bytes = v.nullable(v.array(whole));
const TokenInfo = v.object({
  token: v.string(),
  logprob: number,
  bytes,
  top_logprobs: v.array(v.object({ token: v.string(), logprob: number, bytes })),
});

const Usage = v.object({
  prompt_tokens: count,
  completion_tokens: count,
  total_tokens: count,
  prompt_tokens_details: v.nullish(v.object({ cached_tokens: v.nullish(count) })),
  completion_tokens_details: v.nullish(v.object({ reasoning_tokens: v.nullish(count) })),
});

const Timing = v.object({ queuedMs: number, firstTextMs: v.nullable(number), totalMs: number });

export const Endpoint = v.pipe(v.object({ origin: v.string(), path: v.string() }), v.check(isAddress));

const SentTo = v.optional(v.nullable(Endpoint));
const WhoseKey = v.optional(v.literal('visitor'));
const Streamed = v.optional(v.literal(false));
const Cached = v.optional(v.literal(true));
const ServedSeed = v.optional(v.union([whole, v.string()]));
const InFlight = v.optional(run);
const Reasoning = v.optional(v.string());
const RawFinish = v.optional(v.string());
const Notes = v.optional(v.array(v.string()));

const RunProblem = v.object({
  code: v.string(),
  message: v.string(),
  status: v.nullable(whole),
  param: v.nullable(v.string()),
  retryable: v.boolean(),
});

const Attempts = v.optional(count);
const Wait = v.object({ attempt: v.pipe(whole, v.minValue(2)), ms: count, asked: v.boolean(), code: v.string() });

export const RunEvent = v.variant('type', [
  v.object({ type: v.literal('experiment-start'), id: v.string(), recipe: RecipeInside, runs: v.array(RunSpec) }),
  v.object({ type: v.literal('run-start'), run, endpoint: SentTo, streamed: Streamed, key: WhoseKey }),
  v.object({ type: v.literal('run-wait'), run, ...Wait.entries }),
  v.object({
    type: v.literal('text-delta'),
    run,
    text: v.string(),
    reasoning: Reasoning,
    tokens: v.optional(v.array(TokenInfo)),
  }),
  v.object({
    type: v.literal('run-end'),
    run,
    finish: v.string(),
    model: v.string(),
    fingerprints: v.array(v.string()),
    usage: v.nullable(Usage),
    requestId: v.nullable(v.string()),
    attempts: count,
    timing: Timing,
    cached: Cached,
    servedSeed: ServedSeed,
    inFlight: InFlight,
    rawFinish: RawFinish,
    notes: Notes,
  }),
  v.object({
    type: v.literal('run-error'),
    run,
    error: RunProblem,
    model: v.optional(v.string()),
    fingerprints: v.optional(v.array(v.string())),
    attempts: Attempts,
  }),
  v.object({ type: v.literal('experiment-end'), id: v.string() }),
]);

const runFields = {
  ...RunSpec.entries,
  text: v.string(),
  reasoning: Reasoning,
  tokens: v.optional(v.array(TokenInfo)),
};
const startedFields = { ...runFields, endpoint: SentTo, streamed: Streamed, key: WhoseKey };

const RunRecord = v.variant('status', [
  v.object({ ...runFields, status: v.literal('queued') }),
  v.object({ ...startedFields, status: v.literal('running'), wait: v.optional(Wait) }),
  v.object({
    ...startedFields,
    status: v.literal('ended'),
    servedModel: v.string(),
    finish: v.string(),
    fingerprints: v.array(v.string()),
    usage: v.nullable(Usage),
    requestId: v.nullable(v.string()),
    attempts: count,
    timing: Timing,
    cached: Cached,
    servedSeed: ServedSeed,
    inFlight: InFlight,
    rawFinish: RawFinish,
    notes: Notes,
  }),
  v.object({
    ...startedFields,
    status: v.literal('failed'),
    error: RunProblem,
    servedModel: v.optional(v.string()),
    fingerprints: v.optional(v.array(v.string())),
    attempts: Attempts,
  }),
]);

export const SavedExperiment = v.object({
  id: v.string(),
  recipe: RecipeInside,
  title: v.nullable(v.string()),
  createdAt: v.string(),
  sharedAt: v.nullable(v.string()),
  parent: v.nullable(v.string()),
  origin: v.picklist(['run', 'import']),
  runs: v.array(RunRecord),
});
