import {
  asCompared,
  type EqualityGroup,
  type EqualityMode,
  type EqualityOptions,
  groupByEquality,
  isTextMode,
} from '@/lib/compare/align/equality';
import { type FirstDifference, findFork } from '@/lib/compare/align/fork';
import { groupTexts } from '@/lib/compare/align/groups';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import type { SavedExperiment } from '@/lib/run/saved';
import { changeBound, clopperPearson, effectiveCommonTexts, effectiveTexts, pairwiseMatch, wilson } from './agreement';
import { findLeftOut, isComparable, type LeftOut } from './comparable';

type EvidenceOptions = EqualityOptions & { mode?: EqualityMode; origin?: SavedExperiment['origin'] };

/** Everything that the panel of figures shows. Derived, never stored. Runs, words, characters and tokens count from 1. */
export type Evidence = {
  mode: EqualityMode;
  /** how many runs the recipe plans, and how many are compared */
  planned: number;
  compared: number;
  /** how many distinct texts there are under the mode, and how many exactly */
  texts: number;
  exactTexts: number;
  /** the most common text: k of n runs, with Wilson's and the exact 95 % interval; null if no run has one */
  modal: {
    letter: string;
    runs: number[];
    k: number;
    n: number;
    share: number;
    wilson: [low: number, high: number];
    exact: [low: number, high: number];
  } | null;
  /** the share of pairs of runs that are equal; null for fewer than two */
  pairwiseMatch: number | null;
  /** Hill numbers of order 1 and 2 */
  effectiveTexts: number;
  effectiveCommonTexts: number;
  /** `token` is null unless every compared run came with its tokens and the mode is the exact one */
  firstDifference: (FirstDifference & { token: number | null }) | null;
  /** for n > 1 equal runs: a text that changes in up to this share of runs still gives n equal ones 1 time in 20 */
  changeBound: number | null;
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
 *     'x' 'x' 'y'  →  2 texts; 2 of 3, Wilson 0.2077 … 0.9385, exact 0.0943 … 0.9916; pairs 1/3
 *
 * The intervals hold for runs that are independent of each other and alike. That the most common text is chosen from the
 * same runs makes its share look a little better than it is; pairs are not independent, so they get no interval.
 */
export function evidence(runs: readonly RunRecord[], options: EvidenceOptions = {}): Evidence {
  const { mode = 'exact', origin = 'run' } = options;
  const compared = runs.filter(isComparable);
  const groups = groupByEquality(compared, mode, options);
  const sizes = groups.map((group) => group.runs.length);
  return {
    mode,
    planned: runs.length,
    compared: compared.length,
    texts: groups.length,
    exactTexts: new Set(compared.map(({ text }) => text)).size,
    modal: modal(groups, compared.length),
    pairwiseMatch: pairwiseMatch(sizes),
    effectiveTexts: effectiveTexts(sizes),
    effectiveCommonTexts: effectiveCommonTexts(sizes),
    firstDifference: firstDifference(compared, mode),
    changeBound: groups.length === 1 && compared.length > 1 ? changeBound(compared.length) : null,
    leftOut: findLeftOut(runs),
    atLimit: compared.filter(({ finish }) => finish === 'length').map(({ run }) => run),
    imported: origin === 'import' ? compared.length : 0,
    promptCached: promptCached(compared),
  };
}

function modal(groups: readonly EqualityGroup[], n: number): Evidence['modal'] {
  const largest = groups.find(({ key }) => key !== null);
  if (!largest) return null;
  const { letter, runs } = largest;
  const k = runs.length;
  return { letter, runs, k, n, share: k / n, wilson: wilson(k, n), exact: clopperPearson(k, n) };
}

/** Each distinct text is compared once. */
function firstDifference(compared: readonly EndedRun[], mode: EqualityMode): Evidence['firstDifference'] {
  if (!isTextMode(mode)) return null;
  const distinct = groupTexts(asCompared(compared, mode)).map(({ text }, run) => ({ run, text }));
  const fork = findFork(distinct);
  if (!fork) return null;
  return { word: fork.word, character: fork.character, token: mode === 'exact' ? firstToken(compared) : null };
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
