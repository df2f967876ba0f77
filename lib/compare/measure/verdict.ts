import type { EqualityMode } from '@/lib/compare/align/equality';
import type { Fork } from '@/lib/compare/align/fork';
import type { LeftOut } from './comparable';
import type { Ground } from './ground';
import type { ReasoningFinding } from './reasoning';

/**
 * What there is to say about an experiment, as facts; `lib/words/verdict.ts` puts them into sentences. Runs and words
 * count from 1. `compared` runs of `planned` ones take part, the others are in `leftOut`.
 */
export type Verdict =
  | RunsVerdict
  | ProgressVerdict
  | ExpectedVerdict
  /** `planned` runs are being compared: nothing is known about them yet */
  | { kind: 'comparing'; planned: number };

/** The verdict on runs that are over: what was found, and of which of them. */
export type RunsVerdict = Finding & {
  mode: EqualityMode;
  compared: number;
  planned: number;
  leftOut: LeftOut[];
  /** what the compared runs were asked */
  ground: Ground;
  /** what the compared runs wrote before their answers; null if nothing */
  reasoning: ReasoningFinding | null;
  /** the compared runs that ended at a token limit, and that limit, if the recipe sends one and the same for all runs and they came to it */
  atLimit: { runs: number[]; limit: number | null };
};

/** What finished runs show. A new fact in one kind, or a new kind, changes nothing for the others. */
export type Finding =
  /** no run counts; `ended`: some did end by themselves, and `cached`: some of those were answered from a cache */
  | { kind: 'nothing-compared'; cached: boolean; ended: boolean }
  /** every run ended, and none gave any text; `reasoned`: all of them spent so many tokens on reasoning, 0 if that is not known */
  | { kind: 'no-text'; finishes: string[]; reasoned: number | null }
  /** a single run has a text: there is nothing to compare it with */
  | { kind: 'only-one' }
  /** all texts are equal under the mode, with `words` words each; `exactTexts` counts the texts as they are written */
  | { kind: 'identical'; words: number; exactTexts: number }
  /** the texts have the same words, and differ only in the white space between them */
  | { kind: 'spacing-only'; texts: number; fork: Fork }
  /**
   * two texts, of which one is the beginning of the other: it ends after the word `lastWord`, or, `insideWord`, was cut at the
   * token limit inside the next one
   */
  | {
      kind: 'stops-short';
      texts: number;
      lastWord: number;
      insideWord: boolean;
      stopping: number[];
      going: number[];
    }
  /** several texts; the most common one is that of `largest` runs, 1 if all are different */
  | { kind: 'differ'; texts: number; largest: number; fork: Fork }
  /** under the modes that compare one thing in a text: what was found, most common first, and the runs `without` any; `exactTexts` counts the texts as written */
  | { kind: 'values'; values: FoundValue[]; without: number[]; exactTexts: number };

/** A JSON value in canonical form, or an answer, and the runs that gave it. */
export type FoundValue = { letter: string; value: string; runs: number[] };

/** The provisional verdict while runs go on: of the `planned` ones `going` run and `waiting` wait for their turn. */
export type ProgressVerdict = { planned: number; going: number; waiting: number } & (
  | { kind: 'running' }
  /** what all runs have reached is equal: `words` words in `compared` runs */
  | { kind: 'identical-so-far'; words: number; compared: number }
  | { kind: 'forked'; fork: Fork }
);

/** The verdict on runs compared with an expected text: the runs `matching` it, of `compared` ones. */
export type ExpectedVerdict = {
  kind: 'expected';
  mode: EqualityMode;
  matching: number[];
  compared: number;
  /** how the runs compare among themselves */
  among: RunsVerdict;
};

/** What a verdict says of the runs among themselves; null while they go on. */
export function amongThemselves(verdict: Verdict): RunsVerdict | null {
  if (verdict.kind === 'expected') return verdict.among;
  return 'ground' in verdict ? verdict : null;
}

/** Whether a verdict says that all is the same, that something differs, or is still open. */
export type Tone = 'same' | 'differ' | 'open';

/** 'same' only once all runs are over; a difference counts at once. */
export function toneOf(verdict: Verdict): Tone {
  switch (verdict.kind) {
    case 'identical':
      return 'same';
    case 'spacing-only':
    case 'stops-short':
    case 'differ':
    case 'forked':
      return 'differ';
    case 'values':
      return toneOfValues(verdict);
    case 'expected':
      return verdict.matching.length === verdict.compared ? 'same' : 'differ';
    default:
      return 'open';
  }
}

/** One value of one run can't be compared with anything. */
function toneOfValues({ values, compared }: { values: readonly FoundValue[]; compared: number }): Tone {
  const largest = values[0]?.runs.length ?? 0;
  if (largest === compared) return 'same';
  return values.length > 1 || largest > 1 ? 'differ' : 'open';
}
