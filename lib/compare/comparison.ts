import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import {
  asCompared,
  type EqualityGroup,
  type EqualityMode,
  type EqualityOptions,
  groupByEquality,
  isTextMode,
} from '@/lib/compare/align/equality';
import { type FirstDifference, findFork, placeOfFork } from '@/lib/compare/align/fork';
import { chosenShare, effectiveTexts, pairwiseMatch, wilson } from '@/lib/compare/measure/agreement';
import { isComparable } from '@/lib/compare/measure/comparable';
import { groupFingerprints } from '@/lib/compare/measure/fingerprints';
import { judgeRuns } from '@/lib/compare/measure/judge';
import type { RunsVerdict } from '@/lib/compare/measure/verdict';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';

/** Derived from a recipe and its records, never stored. Runs and words count from 1. */
type ComparedRuns = {
  /** what counts as equal; absent for exactly equal texts */
  mode?: EqualityMode;
  /** how many distinct texts there are, as the mode compares them */
  texts: number;
  /** `sha256` is that of the most common text in the group */
  groups: { letter: string; runs: number[]; sha256: string }[];
  /**
   * the most common text: its runs and their share of the compared ones; null if none compared. `interval` is Wilson's, 95 %
   * for a text that was named beforehand; `chosenInterval` is one for the text that came most often (`chosenShare`)
   */
  modal: {
    runs: number[];
    share: number;
    interval: [low: number, high: number];
    chosenInterval: [low: number, high: number];
  } | null;
  pairwiseMatch: number | null;
  effectiveTexts: number;
  /** in the texts as the mode compares them; null also if it compares values and not texts */
  firstDifference: FirstDifference | null;
  fingerprints: { value: string | null; runs: number[] }[];
  /** how many runs were compared */
  compared: number;
  /** the facts behind the verdict, among them which runs are left out, and why */
  facts: RunsVerdict;
};

/**
 * Compares the runs of one recipe by their exact texts, or under another mode. Runs that failed, were stopped or
 * refused, or gave no text are left out, with the reason. A run that ended at the token limit takes part: a limit is
 * part of the recipe, so equal requests owe equal texts up to it; the facts then say so.
 */
export function compareRuns(
  recipe: Recipe,
  runs: readonly RunRecord[],
  mode: EqualityMode = 'exact',
  options: EqualityOptions = {},
): ComparedRuns {
  const compared = runs.filter(isComparable);
  const groups = groupByEquality(compared, mode, options);
  const sizes = groups.map((group) => group.runs.length);
  const fork = isTextMode(mode) ? findFork(asCompared(compared, mode)) : null;
  return {
    ...(mode === 'exact' ? {} : { mode }),
    texts: groups.length,
    groups: groups.map(({ letter, runs, text }) => ({ letter, runs, sha256: bytesToHex(sha256(utf8ToBytes(text))) })),
    modal: modal(groups, compared.length),
    pairwiseMatch: pairwiseMatch(sizes),
    effectiveTexts: effectiveTexts(sizes),
    firstDifference: fork && placeOfFork(fork),
    fingerprints: groupFingerprints(compared),
    compared: compared.length,
    facts: judgeRuns(recipe, runs, mode, options),
  };
}

function modal(groups: readonly EqualityGroup[], compared: number): ComparedRuns['modal'] {
  const largest = groups.find(({ key }) => key !== null);
  if (!largest) return null;
  const k = largest.runs.length;
  const [interval, chosenInterval] = [wilson(k, compared), chosenShare(k, compared)];
  return { runs: largest.runs, share: k / compared, interval, chosenInterval };
}
