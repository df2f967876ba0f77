import * as v from 'valibot';
import { capabilityParameters, capabilityStates } from '@/lib/run/capability';
import { Endpoint } from '@/lib/run/check';

/** A model on offer. `about` is null if its id says enough. */
export const OfferedModel = v.object({
  id: v.string(),
  about: v.nullable(v.string()),
  /** the same request with the same seed always gives the same text, by construction */
  exact: v.boolean(),
  /** the day from which it answers no more, as its provider tells it; null if it tells none */
  shutdownDate: v.nullable(v.string()),
  /** in dollars: a token that is sent, one that is written, and each call besides; absent if its provider lists none */
  price: v.optional(v.object({ sentToken: v.number(), writtenToken: v.number(), call: v.number() })),
});
export type OfferedModel = v.InferOutput<typeof OfferedModel>;

/**
 * What was last seen of a parameter with a model, in runs and probes of everybody here. What is not listed is unknown. `at` is the
 * day and time, `value` what was sent for it when it was refused, `before` what was seen earlier and does not agree.
 */
export const SeenCapability = v.object({
  model: v.string(),
  parameter: v.picklist(capabilityParameters),
  state: v.picklist(capabilityStates),
  value: v.nullable(v.string()),
  at: v.string(),
  before: v.nullable(v.object({ state: v.picklist(capabilityStates), at: v.string() })),
});
export type SeenCapability = v.InferOutput<typeof SeenCapability>;

/** A seed may be too long for a number: then it is its digits. */
const Bound = v.union([v.number(), v.string()]);
const Range = v.pipe(v.tuple([Bound, Bound]), v.readonly());

/** A service that recipes may name, with what it can do and the models that it offers. */
export const OfferedProvider = v.object({
  id: v.string(),
  name: v.string(),
  /** what it is, in a few words; null if its name says it */
  about: v.nullable(v.string()),
  /** its calls cost nothing */
  free: v.boolean(),
  /** it writes at the pace that it is asked for, so that there is something to watch */
  paced: v.boolean(),
  /** it continues a last message of the assistant's as the beginning of its answer */
  continues: v.boolean(),
  /** whether it is asked with a key that the visitor brings: never, also, or only so */
  ownKey: v.optional(v.picklist(['no', 'may', 'must']), 'no'),
  /** the values that it is known to take of some parameters, the least and the greatest; others are sent all the same */
  ranges: v.optional(v.partial(v.object({ seed: Range, temperature: Range, top_logprobs: Range }))),
  /** where calls are sent now; null if it is inside this server */
  endpoint: v.nullable(Endpoint),
  /** the list of models is complete; if not, a recipe may name one that is not listed */
  complete: v.boolean(),
  models: v.array(OfferedModel),
  /** why it does not list its models; null if it does, or need not be asked */
  listProblem: v.nullable(v.object({ code: v.string(), message: v.string() })),
  /** what its models have been seen to take, also models that it does not list */
  capabilities: v.array(SeenCapability),
});
export type OfferedProvider = v.InferOutput<typeof OfferedProvider>;

/** GET /api/models */
export const ModelsResponse = v.object({ providers: v.array(OfferedProvider) });
export type ModelsResponse = v.InferOutput<typeof ModelsResponse>;

/** GET /api/health: 'failing', with status 503, while experiments cannot be run and kept. */
export const HealthResponse = v.object({
  status: v.picklist(['ok', 'failing']),
  version: v.string(),
  store: v.object({ engine: v.string(), problem: v.nullable(v.string()) }),
  /** it has been told to end, and begins nothing any more */
  ending: v.optional(v.boolean()),
  /** ids */
  providers: v.array(v.string()),
  /** runs under way and waiting for their turn, of all experiments in this process; of providers that are asked in turn */
  calls: v.array(v.object({ provider: v.string(), inFlight: v.number(), waiting: v.number() })),
});
export type HealthResponse = v.InferOutput<typeof HealthResponse>;

/** GET /api/health/live, always 200: whoever reads this knows it; and /api/health/ready, 503 while nothing should be sent here. */
export const ReadinessResponse = v.object({ status: HealthResponse.entries.status });
export type ReadinessResponse = v.InferOutput<typeof ReadinessResponse>;
