import * as v from 'valibot';
import { equalityModes } from '@/lib/compare/align/equality';
import type { LeftOutReason as LeftOutReasonFacts } from '@/lib/compare/measure/comparable';
import type { Destination as DestinationFacts } from '@/lib/compare/measure/destinations';
import type { DriftFinding as DriftFindingFacts } from '@/lib/compare/measure/drift';
import type { Ground as GroundFacts } from '@/lib/compare/measure/ground';
import type { RunsVerdict as RunsVerdictFacts } from '@/lib/compare/measure/verdict';
import { SeedInside } from '@/lib/run/check';

/*
 * The facts that answers of /api carry beside their sentences, tagged by `kind`. What each field means is said where they
 * are worked out, in lib/compare/measure.
 */

export const whole = v.pipe(v.number(), v.safeInteger());
export const count = v.pipe(whole, v.minValue(0));
/** the number of a run, or of a word or character of a text: counted from 1 */
export const ordinal = v.pipe(whole, v.minValue(1));
const runs = v.array(ordinal);

/** The tone of a finding: all is the same, something differs, or it is still open. */
export const Tone = v.picklist(['same', 'differ', 'open']);

export const FirstDifference = v.object({
  word: ordinal,
  character: ordinal,
  differs: v.picklist(['word', 'marks', 'spacing']),
  atEnd: v.boolean(),
});

export const LeftOutReason: v.GenericSchema<unknown, LeftOutReasonFacts> = v.variant('kind', [
  v.object({ kind: v.literal('failed'), code: v.string() }),
  v.object({ kind: v.picklist(['unfinished', 'stopped', 'refused', 'filtered', 'cached', 'empty', 'only-reasoning']) }),
  v.object({ kind: v.literal('other-finish'), finish: v.string() }),
]);

/** `text` is what those runs have next; null if their text ends there. */
const Fork = v.object({
  ...FirstDifference.entries,
  offset: count,
  variants: v.array(v.object({ text: v.nullable(v.string()), runs })),
});

const repeated = v.object({ requests: count, agreeing: count });

const Ground: v.GenericSchema<unknown, GroundFacts> = v.variant('kind', [
  v.object({
    kind: v.literal('one-seed'),
    seed: SeedInside,
    drawsAnew: v.boolean(),
    greedy: v.boolean(),
    served: v.array(v.object({ model: v.string(), runs })),
  }),
  v.object({ kind: v.literal('no-seed'), greedy: v.boolean(), extra: v.boolean() }),
  v.object({ kind: v.literal('several-seeds'), seeds: count, drawsAnew: v.boolean(), greedy: v.boolean(), repeated }),
  v.object({
    kind: v.literal('some-seeds'),
    seeded: runs,
    unseeded: runs,
    drawsAnew: v.boolean(),
    greedy: v.boolean(),
    repeated,
  }),
  v.object({
    kind: v.literal('several-settings'),
    settings: v.array(v.string()),
    seeded: v.boolean(),
    drawsAnew: v.boolean(),
    repeated,
    models: v.array(v.object({ asked: v.string(), answered: v.array(v.string()), runs })),
    address: v.nullable(v.string()),
  }),
  v.object({ kind: v.picklist(['unknown', 'none']) }),
]);

/** About which runs something was found. */
const about = {
  mode: v.picklist(equalityModes),
  compared: count,
  planned: count,
  leftOut: v.array(v.object({ run: ordinal, reason: LeftOutReason })),
  ground: Ground,
  reasoning: v.nullable(v.object({ runs: count, texts: count })),
  atLimit: v.object({ runs, limit: v.nullable(whole) }),
};

/** What was found, and about which runs. */
export const RunsVerdict: v.GenericSchema<unknown, RunsVerdictFacts> = v.variant('kind', [
  v.object({ ...about, kind: v.literal('nothing-compared'), cached: v.boolean(), ended: v.boolean() }),
  v.object({ ...about, kind: v.literal('no-text'), finishes: v.array(v.string()), reasoned: v.nullable(whole) }),
  v.object({ ...about, kind: v.literal('only-one') }),
  v.object({ ...about, kind: v.literal('identical'), words: count, exactTexts: ordinal }),
  v.object({ ...about, kind: v.literal('spacing-only'), texts: count, fork: Fork }),
  v.object({
    ...about,
    kind: v.literal('stops-short'),
    texts: count,
    lastWord: count,
    insideWord: v.boolean(),
    stopping: runs,
    going: runs,
  }),
  v.object({ ...about, kind: v.literal('differ'), texts: count, largest: ordinal, fork: Fork }),
  v.object({
    ...about,
    kind: v.literal('values'),
    values: v.array(v.object({ letter: v.string(), value: v.string(), runs })),
    without: runs,
    exactTexts: ordinal,
  }),
]);

export const Destination: v.GenericSchema<unknown, DestinationFacts> = v.variant('kind', [
  v.object({ kind: v.literal('address'), address: v.string() }),
  v.object({ kind: v.picklist(['inside', 'unrecorded']) }),
]);

export const DriftFinding: v.GenericSchema<unknown, DriftFindingFacts> = v.variant('kind', [
  v.object({ kind: v.literal('no-text') }),
  v.object({ kind: v.literal('only-one') }),
  v.object({ kind: v.literal('one-text'), compared: count, planned: count, days: count }),
  v.object({ kind: v.literal('turn'), until: v.string(), since: v.string(), unseeded: v.boolean() }),
  v.object({ kind: v.literal('steady'), texts: count, experiments: count }),
  v.object({ kind: v.literal('one-experiment'), texts: count, compared: count, unseeded: v.boolean() }),
  v.object({
    kind: v.literal('change'),
    texts: count,
    experiments: count,
    different: count,
    compared: count,
    unseeded: v.boolean(),
  }),
]);
