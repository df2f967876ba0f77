import * as v from 'valibot';
import { ordinal } from './facts';

const Headers = v.record(v.string(), v.string());

/**
 * GET /api/experiments/{id}/runs/{run}/exchange: what was really sent for a run, and what came back beside its answer; of its last
 * try, if there were several. Headers are those that matter. No key is in it: `[key]` stands where one was sent.
 */
export const ExchangeResponse = v.object({
  run: ordinal,
  /** null if it was not recorded, or nothing was sent */
  request: v.nullable(
    v.object({
      method: v.literal('POST'),
      url: v.string(),
      headers: Headers,
      /** JSON, to the letter; null if it was too long to be kept */
      body: v.nullable(v.string()),
    }),
  ),
  /** null if nothing came back */
  response: v.nullable(v.object({ status: v.number(), headers: Headers })),
  /** how it stands to the requests of the other runs; null without a request */
  shared: v.nullable(
    v.object({
      same: v.array(ordinal),
      known: v.array(ordinal),
      differing: v.object({ keys: v.array(v.string()), url: v.boolean() }),
    }),
  ),
  /** a command that sends it again, with the key from the environment; null if the body was not kept */
  curl: v.nullable(v.string()),
});
export type ExchangeResponse = v.InferOutput<typeof ExchangeResponse>;
