import * as v from 'valibot';
import { equalityModes } from '@/lib/compare/align/equality';
import { count, FirstDifference, ordinal, RunsVerdict } from './facts';

const interval = v.tuple([v.number(), v.number()]);

/**
 * What the texts of the runs have in common, as GET /api/experiments/{id} and the exports give it: what `compareRuns`
 * finds (see there for each field), with two things in words. `facts` are tagged by `kind`, for programs; `verdict` says
 * the same in a sentence, whose wording may change.
 *
 *     { texts: 2, compared: 4, …, leftOut: [{ run: 5, why: 'failed: rate limit.' }],
 *       verdict: '3 of 4 finished runs identical, 2 variants. First difference at word 37. Run 5 failed: rate limit.',
 *       facts: { kind: 'differ', mode: 'exact', compared: 4, planned: 5, texts: 2, largest: 3,
 *                fork: { word: 37, character: 181, offset: 179, variants: [{ text: ' Queens', runs: [1, 2, 4] }, …] },
 *                leftOut: [{ run: 5, reason: { kind: 'failed', code: 'rate_limited' } }],
 *                atLimit: { runs: [], limit: 120 } } }
 */
export const Comparison = v.object({
  mode: v.optional(v.picklist(equalityModes)),
  texts: count,
  groups: v.array(v.object({ letter: v.string(), runs: v.array(ordinal), sha256: v.string() })),
  modal: v.nullable(v.object({ runs: v.array(ordinal), share: v.number(), interval, chosenInterval: interval })),
  pairwiseMatch: v.nullable(v.number()),
  effectiveTexts: v.number(),
  firstDifference: v.nullable(FirstDifference),
  fingerprints: v.array(v.object({ value: v.nullable(v.string()), runs: v.array(ordinal) })),
  compared: count,
  /** `why` fits after "run 3" */
  leftOut: v.array(v.object({ run: ordinal, why: v.string() })),
  /** the sentence that the page shows */
  verdict: v.string(),
  facts: RunsVerdict,
});
export type Comparison = v.InferOutput<typeof Comparison>;
