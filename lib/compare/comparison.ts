import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Recipe } from '@/lib/recipe/recipe';
import type { RunRecord } from '@/lib/run/record';
import { effectiveTexts, pairwiseMatch, wilson } from './agreement';
import { isComparable, whyLeftOut } from './comparable';
import { type FirstDifference, findFork } from './divergence';
import { groupFingerprints } from './fingerprints';
import { type Group, groupTexts } from './groups';
import { describeRuns } from './verdict';

/** Derived from a recipe and its records, never stored (design.md, Contracts). Runs and words count from 1. */
export type Comparison = {
  /** how many distinct texts */
  texts: number;
  groups: { letter: string; runs: number[]; sha256: string }[];
  /** the most common text: its runs, their share of the compared ones, Wilson's 95 % interval; null if none compared */
  modal: { runs: number[]; share: number; interval: [low: number, high: number] } | null;
  pairwiseMatch: number | null;
  effectiveTexts: number;
  firstDifference: FirstDifference | null;
  fingerprints: { value: string | null; runs: number[] }[];
  /** how many runs were compared */
  compared: number;
  leftOut: { run: number; why: string }[];
  /** the sentence that the page shows */
  verdict: string;
};

/**
 * Compares the runs of one recipe by their exact texts. Runs that failed, were stopped or refused, or gave no text are
 * left out, with the reason. A run that ended at the token limit takes part: a limit is part of the recipe, so equal
 * requests owe equal texts up to it; the verdict then says so.
 */
export function compareRuns(recipe: Recipe, runs: readonly RunRecord[]): Comparison {
  const compared = runs.filter(isComparable);
  const groups = groupTexts(compared);
  const sizes = groups.map((group) => group.runs.length);
  const fork = findFork(compared);
  return {
    texts: groups.length,
    groups: groups.map(({ letter, runs, text }) => ({ letter, runs, sha256: bytesToHex(sha256(utf8ToBytes(text))) })),
    modal: modal(groups, compared.length),
    pairwiseMatch: pairwiseMatch(sizes),
    effectiveTexts: effectiveTexts(sizes),
    firstDifference: fork && { word: fork.word, character: fork.character },
    fingerprints: groupFingerprints(compared),
    compared: compared.length,
    leftOut: runs.filter((run) => !isComparable(run)).map((run) => ({ run: run.run, why: whyLeftOut(run) })),
    verdict: describeRuns(recipe, runs).sentence,
  };
}

function modal(groups: readonly Group[], compared: number): Comparison['modal'] {
  const largest = groups[0];
  if (!largest) return null;
  const k = largest.runs.length;
  return { runs: largest.runs, share: k / compared, interval: wilson(k, compared) };
}
