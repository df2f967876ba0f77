import { z } from 'zod';
import { equalityModes } from '@/lib/compare/align/equality';
import { count, FirstDifference, ordinal, RunsVerdict } from './facts';

const interval = z.tuple([z.number(), z.number()]);

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
export const Comparison = z.object({
  mode: z.enum(equalityModes).optional(),
  texts: count,
  groups: z.array(z.object({ letter: z.string(), runs: z.array(ordinal), sha256: z.string() })),
  modal: z.object({ runs: z.array(ordinal), share: z.number(), interval, chosenInterval: interval }).nullable(),
  pairwiseMatch: z.number().nullable(),
  effectiveTexts: z.number(),
  firstDifference: FirstDifference.nullable(),
  fingerprints: z.array(z.object({ value: z.string().nullable(), runs: z.array(ordinal) })),
  compared: count,
  /** `why` fits after "run 3" */
  leftOut: z.array(z.object({ run: ordinal, why: z.string() })),
  /** the sentence that the page shows */
  verdict: z.string(),
  facts: RunsVerdict,
});
export type Comparison = z.infer<typeof Comparison>;
