import { z } from 'zod';
import { equalityModes } from '@/lib/compare/align/equality';
import type { LeftOutReason as LeftOutReasonFacts } from '@/lib/compare/measure/comparable';
import type { Destination as DestinationFacts } from '@/lib/compare/measure/destinations';
import type { DriftFinding as DriftFindingFacts } from '@/lib/compare/measure/drift';
import type { Ground as GroundFacts } from '@/lib/compare/measure/ground';
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

export const FirstDifference = z.object({
  word: ordinal,
  character: ordinal,
  differs: z.enum(['word', 'marks', 'spacing']),
  atEnd: z.boolean(),
});

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
  z.object({ kind: z.literal('nothing-compared'), cached: z.boolean(), ended: z.boolean() }),
  z.object({ kind: z.literal('no-text'), finishes: z.array(z.string()), reasoned: z.int().nullable() }),
  z.object({ kind: z.literal('only-one') }),
  z.object({ kind: z.literal('identical'), words: count, exactTexts: ordinal }),
  z.object({ kind: z.literal('spacing-only'), texts: count, fork: Fork }),
  z.object({
    kind: z.literal('stops-short'),
    texts: count,
    lastWord: count,
    insideWord: z.boolean(),
    stopping: runs,
    going: runs,
  }),
  z.object({ kind: z.literal('differ'), texts: count, largest: ordinal, fork: Fork }),
  z.object({
    kind: z.literal('values'),
    values: z.array(z.object({ letter: z.string(), value: z.string(), runs })),
    without: runs,
    exactTexts: ordinal,
  }),
]);

const repeated = z.object({ requests: count, agreeing: count });

const Ground: z.ZodType<GroundFacts> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('one-seed'),
    seed: z.int(),
    drawsAnew: z.boolean(),
    served: z.array(z.object({ model: z.string(), runs })),
  }),
  z.object({ kind: z.literal('no-seed'), greedy: z.boolean() }),
  z.object({ kind: z.literal('several-seeds'), seeds: count, greedy: z.boolean(), repeated }),
  z.object({ kind: z.literal('some-seeds'), seeded: runs, unseeded: runs }),
  z.object({
    kind: z.literal('several-settings'),
    settings: z.array(z.string()),
    seeded: z.boolean(),
    repeated,
    models: z.array(z.object({ asked: z.string(), answered: z.array(z.string()), runs })),
  }),
  z.object({ kind: z.enum(['unknown', 'none']) }),
]);

/** What was found, and about which runs. */
export const RunsVerdict: z.ZodType<RunsVerdictFacts> = z.intersection(
  Finding,
  z.object({
    mode: z.enum(equalityModes),
    compared: count,
    planned: count,
    leftOut: z.array(z.object({ run: ordinal, reason: LeftOutReason })),
    ground: Ground,
    reasoning: z.object({ runs: count, texts: count }).nullable(),
    atLimit: z.object({ runs, limit: z.int().nullable() }),
  }),
);

export const Destination: z.ZodType<DestinationFacts> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('address'), address: z.string() }),
  z.object({ kind: z.enum(['inside', 'unrecorded']) }),
]);

export const DriftFinding: z.ZodType<DriftFindingFacts> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('no-text') }),
  z.object({ kind: z.literal('only-one') }),
  z.object({ kind: z.literal('one-text'), compared: count, planned: count, days: count }),
  z.object({ kind: z.literal('turn'), until: z.string(), since: z.string(), unseeded: z.boolean() }),
  z.object({ kind: z.literal('steady'), texts: count, experiments: count }),
  z.object({ kind: z.literal('one-experiment'), texts: count, compared: count, unseeded: z.boolean() }),
  z.object({
    kind: z.literal('change'),
    texts: count,
    experiments: count,
    different: count,
    compared: count,
    unseeded: z.boolean(),
  }),
]);
