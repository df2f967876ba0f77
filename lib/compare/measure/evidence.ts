import {
  asCompared,
  type EqualityGroup,
  type EqualityMode,
  type EqualityOptions,
  groupByEquality,
  isTextMode,
} from '@/lib/compare/align/equality';
import { type FirstDifference, findFork, placeOfFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { chosenShare, effectiveCommonTexts, effectiveTexts, equalRunsBound, pairwiseMatch } from './agreement';
import { findLeftOut, isComparable, type LeftOut } from './comparable';

/** `alike`: whether the runs are tries of one and the same thing (`areAlike`), which intervals presume; true by default. */
type EvidenceOptions = EqualityOptions & { mode?: EqualityMode; origin?: SavedExperiment['origin']; alike?: boolean };

/** Everything that the panel of figures shows. Derived, never stored. Runs, words, characters and tokens count from 1. */
export type Evidence = {
  mode: EqualityMode;
  /** how many runs the recipe plans, and how many are compared */
  planned: number;
  compared: number;
  /** how many distinct texts there are under the mode, and how many exactly */
  texts: number;
  exactTexts: number;
  /** the most common text: k of n runs, null if no run has one; with a 95 % interval for a text chosen so (`chosenShare`), if the runs are alike */
  modal: {
    letter: string;
    runs: number[];
    k: number;
    n: number;
    share: number;
    interval: [low: number, high: number] | null;
  } | null;
  /** the share of pairs of runs that are equal; null for fewer than two */
  pairwiseMatch: number | null;
  /** Hill numbers of order 1 and 2 */
  effectiveTexts: number;
  effectiveCommonTexts: number;
  /** `token` is null unless every compared run came with its tokens and the mode is the exact one */
  firstDifference: (FirstDifference & { token: number | null }) | null;
  /** for n > 1 equal runs that are alike: with a most common text of less than this share they come at most 1 time in 20 */
  equalRunsBound: number | null;
  leftOut: LeftOut[];
  /** runs that ended at the token limit: they are compared, and are equal only up to it */
  atLimit: number[];
  /** how many of the compared runs were imported: this server did not see them being made */
  imported: number;
  /**
   * the compared runs that took part of the prompt from the provider's cache, if others did not: that alone may take
   * another way through the arithmetic and round differently (llama.cpp and SGLang say so of theirs)
   */
  promptCached: number[];
};

/**
 * The evidence of an experiment. A text without a JSON value or an answer agrees with no other, and counts as a run.
 *
 *     'x' 'x' 'y'  →  2 texts; 2 of 3, interval 0.0084 … 0.9916; pairs 1/3
 *
 * The interval holds for runs that are independent of each other and alike; pairs are not independent, so they get none.
 */
export function evidence(runs: readonly RunRecord[], options: EvidenceOptions = {}): Evidence {
  const { mode = 'exact', origin = 'run', alike = true } = options;
  const compared = runs.filter(isComparable);
  const groups = groupByEquality(compared, mode, options);
  const sizes = groups.map((group) => group.runs.length);
  return {
    mode,
    planned: runs.length,
    compared: compared.length,
    texts: groups.length,
    exactTexts: new Set(compared.map(({ text }) => text)).size,
    modal: modal(groups, compared.length, alike),
    pairwiseMatch: pairwiseMatch(sizes),
    effectiveTexts: effectiveTexts(sizes),
    effectiveCommonTexts: effectiveCommonTexts(sizes),
    firstDifference: firstDifference(compared, mode),
    equalRunsBound: alike && groups.length === 1 && compared.length > 1 ? equalRunsBound(compared.length) : null,
    leftOut: findLeftOut(runs),
    atLimit: compared.filter(({ finish }) => finish === 'length').map(({ run }) => run),
    imported: origin === 'import' ? compared.length : 0,
    promptCached: promptCached(compared),
  };
}

function modal(groups: readonly EqualityGroup[], n: number, alike: boolean): Evidence['modal'] {
  const largest = groups.find(({ key }) => key !== null);
  if (!largest) return null;
  const { letter, runs } = largest;
  const k = runs.length;
  return { letter, runs, k, n, share: k / n, interval: alike ? chosenShare(k, n) : null };
}

/** Each distinct text is compared once. */
function firstDifference(compared: readonly EndedRun[], mode: EqualityMode): Evidence['firstDifference'] {
  if (!isTextMode(mode)) return null;
  const distinct = groupTexts(asCompared(compared, mode)).map(({ text }, run) => ({ run, text }));
  const fork = findFork(distinct);
  if (!fork) return null;
  return { ...placeOfFork(fork), token: mode === 'exact' ? firstToken(compared) : null };
}

/**
 * The first token that not all runs have, from 1; null if a run came without tokens, or if the tokens do not differ.
 * Tokens are compared by their bytes where they come with them, since one token may be part of a character.
 */
export function firstToken(runs: readonly Pick<EndedRun, 'tokens'>[]): number | null {
  const lists = runs.flatMap(({ tokens }) => (tokens && tokens.length > 0 ? [tokens] : []));
  const [first, ...others] = lists;
  if (!first || lists.length < runs.length) return null;
  const nameAt = (list: typeof first, place: number): string | undefined => {
    const token = list[place];
    return token && (token.bytes ? token.bytes.join() : JSON.stringify(token.token));
  };
  const longest = lists.reduce((max, { length }) => Math.max(max, length), 0);
  for (let place = 0; place < longest; place++) {
    const name = nameAt(first, place);
    if (others.some((other) => nameAt(other, place) !== name)) return place + 1;
  }
  return null;
}

function promptCached(compared: readonly EndedRun[]): number[] {
  const cached = compared.filter(({ usage }) => (usage?.prompt_tokens_details?.cached_tokens ?? 0) > 0);
  return cached.length < compared.length ? cached.map(({ run }) => run) : [];
}
