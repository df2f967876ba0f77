import { z } from 'zod';
import { equalityModes } from '@/lib/compare/align/equality';
import type { LeftOutReason as LeftOutReasonFacts } from '@/lib/compare/measure/comparable';
import type { DriftFinding as DriftFindingFacts } from '@/lib/compare/measure/drift';
import type { RunsVerdict as RunsVerdictFacts } from '@/lib/compare/measure/verdict';

/*
 * The facts that answers of /api carry beside their sentences, tagged by `kind`. What each field means is said where they
 * are worked out, in lib/compare/measure.
 */

export const count = z.int().min(0);
/** the number of a run, or of a word or character of a text: counted from 1 */
export const ordinal = z.int().min(1);
const runs = z.array(ordinal);

/** The tone of a finding: all is the same, something differs, or it is still open. */
export const Tone = z.enum(['same', 'differ', 'open']);

export const FirstDifference = z.object({ word: ordinal, character: ordinal });

export const LeftOutReason: z.ZodType<LeftOutReasonFacts> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('failed'), code: z.string() }),
  z.object({ kind: z.enum(['unfinished', 'stopped', 'refused', 'filtered', 'cached', 'empty']) }),
  z.object({ kind: z.literal('other-finish'), finish: z.string() }),
]);

/** `text` is what those runs have next; null if their text ends there. */
const Fork = FirstDifference.extend({
  offset: count,
  variants: z.array(z.object({ text: z.string().nullable(), runs })),
});

const Finding = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing-compared'), cached: z.boolean() }),
  z.object({ kind: z.literal('no-text'), finishes: z.array(z.string()) }),
  z.object({ kind: z.literal('only-one') }),
  z.object({ kind: z.literal('identical'), words: count, exactTexts: ordinal }),
  z.object({ kind: z.literal('spacing-only'), texts: count, fork: Fork }),
  z.object({ kind: z.literal('stops-short'), texts: count, lastWord: count, stopping: runs, going: runs }),
  z.object({ kind: z.literal('differ'), texts: count, largest: ordinal, fork: Fork }),
  z.object({
    kind: z.literal('values'),
    values: z.array(z.object({ letter: z.string(), value: z.string(), runs })),
    without: runs,
  }),
]);

/** What was found, and about which runs. */
export const RunsVerdict: z.ZodType<RunsVerdictFacts> = z.intersection(
  Finding,
  z.object({
    mode: z.enum(equalityModes),
    compared: count,
    planned: count,
    leftOut: z.array(z.object({ run: ordinal, reason: LeftOutReason })),
    atLimit: z.object({ runs, limit: z.int().nullable() }),
  }),
);

export const DriftFinding: z.ZodType<DriftFindingFacts> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-text') }),
  z.object({ kind: z.literal('only-one') }),
  z.object({ kind: z.literal('one-text'), compared: count, planned: count, days: count }),
  z.object({ kind: z.literal('turn'), until: z.string(), since: z.string() }),
  z.object({ kind: z.literal('steady'), texts: count, experiments: count }),
  z.object({ kind: z.literal('one-experiment'), texts: count, compared: count }),
  z.object({ kind: z.literal('change'), texts: count, experiments: count, different: count, compared: count }),
]);
