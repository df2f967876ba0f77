import * as v from 'valibot';
import { SeedInside } from '@/lib/run/check';
import { Tone, whole } from './facts';

/** An experiment in a list: enough to recognize it. Times are ISO 8601 in UTC. */
export const Summary = v.object({
  id: v.string(),
  title: v.nullable(v.string()),
  /** the first 300 characters of the last user message */
  prompt: v.string(),
  provider: v.string(),
  model: v.string(),
  seed: v.nullable(SeedInside),
  /** whether settings vary between its runs */
  varied: v.boolean(),
  temperature: v.nullable(v.number()),
  /** models, settings with all that varies, and runs, in words: "seedling-1 · seeds 1 to 5 · T 0.2 · 5 runs" */
  asked: v.string(),
  /** how many runs its recipe plans, and how many of them are missing */
  runs: whole,
  missing: whole,
  createdAt: v.string(),
  sharedAt: v.nullable(v.string()),
  parent: v.nullable(v.string()),
  origin: v.picklist(['run', 'import']),
  verdict: v.string(),
  tone: Tone,
});
export type Summary = v.InferOutput<typeof Summary>;

/** GET /api/experiments: the caller's own, newest first; `next` is null on the last page. */
export const ListResponse = v.object({ experiments: v.array(Summary), next: v.nullable(v.string()) });
export type ListResponse = v.InferOutput<typeof ListResponse>;

/** POST /api/experiments/import: `path` is its permalink. */
export const ImportResponse = v.object({ id: v.string(), path: v.string() });
export type ImportResponse = v.InferOutput<typeof ImportResponse>;
