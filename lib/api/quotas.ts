import * as v from 'valibot';

/** What is limited: how often experiments are begun, and what they take. */
const resources = ['experiments', 'runs', 'tokens', 'seedling-tokens', 'bytes'] as const;

/** How much of something may be used, and how much of that is left to the caller. */
export const Quota = v.object({
  /** whose use is counted: the caller's browser's, that of all at its network address, or that of all on the operator's key */
  of: v.picklist(['visitor', 'address', 'everybody']),
  what: v.picklist(resources),
  per: v.picklist(['hour', 'day', 'at-once']),
  limit: v.number(),
  left: v.number(),
  /** seconds until all of it is left again; null where that is no matter of time */
  seconds: v.nullable(v.number()),
});
export type Quota = v.InferOutput<typeof Quota>;

/** GET /api/quotas */
export const QuotasResponse = v.object({ quotas: v.array(Quota) });
export type QuotasResponse = v.InferOutput<typeof QuotasResponse>;
