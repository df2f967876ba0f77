import { groupTexts, type RunText } from '@/lib/compare/align/groups';
import { canonicalJson } from '@/lib/recipe/canonical';
import { armRequest } from '@/lib/recipe/plan';
import { limits, type Recipe } from '@/lib/recipe/recipe';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { chosenShare, pairwiseMatch } from './agreement';
import { isComparable } from './comparable';

/** One arm: its compared runs, and the share of pairs of them with equal text; null for fewer than two. */
type ArmMatch = { arm: number; runs: number[]; texts: number; match: number | null };

/** How a p-value was found: from all `ways` to deal the runs out to the arms, or from `samples` of them. */
export type PValue = { p: number; method: 'exact'; ways: number } | { p: number; method: 'sampled'; samples: number };

/**
 * What the seed test says; chance is excluded where p ≤ 0.05.
 * 'too-few': even the clearest outcome would not have been enough.
 * 'all-equal': all runs of both arms gave one text.
 * 'effect': runs with the seed agree more than chance explains.
 * 'less': they agree less than chance explains.
 * 'other-text': each arm is of one text, but not of the same one, which chance does not explain.
 * 'none': runs without the seed leave room for it, and it does not make half of all pairs agree that would not otherwise.
 * 'unclear': neither the one nor the other can be told.
 */
type SeedFinding = 'too-few' | 'all-equal' | 'effect' | 'less' | 'other-text' | 'none' | 'unclear';

/** Derived from a recipe and its records, never stored. */
export type SeedTest = {
  seed: number;
  /** of both arms; null if it is not sent */
  temperature: number | null;
  seeded: ArmMatch;
  unseeded: ArmMatch;
  /** the share of pairs of one run with and one without the seed that have equal text; null if an arm is empty */
  between: number | null;
  /** null if an arm has fewer than two compared runs */
  pValue: PValue | null;
  /** the smallest p that so many runs can give: 1 / (n choose k) */
  bestP: number | null;
  /** for 'unclear': how many runs in each arm would tell, if texts go on to come as often; null if too many */
  enough: number | null;
  finding: SeedFinding;
};

/** From here on down a p-value is called an effect. */
const threshold = 0.05;

/** An effect worth the name: this share of all pairs agree with the seed that would not agree without it. */
const visible = 0.5;

/** An experiment has no room for more runs in each of two arms. */
const maxOfArm = limits.runs / 2;

/** If more scores than these must be kept, the ways are sampled, not counted. */
const maxScores = 200_000;
const samples = 20_000;

/**
 * The seed test: do runs with one seed agree more than runs without? Null unless the experiment is one: two arms whose
 * requests are equal but for the seed, which one of them sends and the other does not.
 *
 *     seeded 'a' 'a' 'a' 'a', unseeded 'b' 'c' 'd' 'e'  →  match 1 and 0, p = 1/70: 'effect'
 *     seeded 'a' 'a' 'a' 'b', unseeded 'c' 'd' 'e' 'f'  →  match 1/2 and 0, p = 4/70: 'unclear', enough: 8
 */
export function seedTest(recipe: Recipe, runs: readonly RunRecord[]): SeedTest | null {
  const arms = seedArms(recipe);
  if (!arms) return null;
  const compared = runs.filter(isComparable);
  const withSeed = compared.filter((run) => run.arm === arms.seeded);
  const without = compared.filter((run) => run.arm === arms.unseeded);
  const [seeded, unseeded] = [armMatch(arms.seeded, withSeed), armMatch(arms.unseeded, without)];
  const counts = groupCounts(withSeed, without);
  const pValue = seeded.match === null || unseeded.match === null ? null : permutationP(counts);
  const finding = pValue ? judge(counts, pValue) : 'too-few';
  return {
    seed: arms.seed,
    temperature: arms.temperature ?? null,
    seeded,
    unseeded,
    between: betweenMatch(counts),
    pValue,
    bestP: pValue && bestPOf(counts),
    enough: finding === 'unclear' ? enoughRuns(counts) : null,
    finding,
  };
}

/** Which arm sends the seed and which does not; null if the recipe is no seed test. */
function seedArms(recipe: Recipe) {
  if (recipe.arms?.length !== 2) return null;
  const requests = [0, 1].map((arm) => armRequest(recipe, arm));
  const [first, second] = requests.map(({ seed: _, ...rest }) => canonicalJson(rest));
  const seeded = requests.findIndex(({ seed }) => seed !== undefined);
  const unseeded = requests.findIndex(({ seed }) => seed === undefined);
  const seed = requests[seeded]?.seed;
  if (first !== second || unseeded < 0 || typeof seed !== 'number') return null;
  return { seeded, unseeded, seed, temperature: requests[seeded]?.temperature };
}

/**
 * What one group of runs shows beside another, as `seedTest` judges those with a seed beside those without. Null if a group has
 * fewer than two runs.
 */
export function judgeGroups(
  group: readonly RunText[],
  other: readonly RunText[],
): { finding: SeedFinding; p: number } | null {
  if (group.length < 2 || other.length < 2) return null;
  const counts = groupCounts(group, other);
  const pValue = permutationP(counts);
  const finding = judge(counts, pValue);
  return { finding, p: finding === 'other-text' ? otherTextP(counts) : pValue.p };
}

function armMatch(arm: number, runs: readonly EndedRun[]): ArmMatch {
  const sizes = groupTexts(runs).map((group) => group.runs.length);
  return { arm, runs: runs.map(({ run }) => run), texts: sizes.length, match: pairwiseMatch(sizes) };
}

/** How often each text came up in the seeded and in the unseeded arm. */
type Counts = readonly (readonly [seeded: number, unseeded: number])[];

function groupCounts(seeded: readonly RunText[], unseeded: readonly RunText[]): Counts {
  const counts = new Map<string, [number, number]>();
  const count = (text: string, a: number, b: number) => {
    const [seededSoFar, unseededSoFar] = counts.get(text) ?? [0, 0];
    counts.set(text, [seededSoFar + a, unseededSoFar + b]);
  };
  for (const { text } of seeded) count(text, 1, 0);
  for (const { text } of unseeded) count(text, 0, 1);
  return [...counts.values()];
}

function betweenMatch(counts: Counts): number | null {
  const [k, m] = armSizes(counts);
  if (k === 0 || m === 0) return null;
  return counts.reduce((sum, [seeded, unseeded]) => sum + seeded * unseeded, 0) / (k * m);
}

/**
 * The one-sided p-value of a permutation test: of all ways to deal the runs out to two arms of these sizes, the share in
 * which (seeded within-match - unseeded within-match) is at least what was observed. Counted exactly, not by listing the
 * ways: which runs of a text go where does not matter, so each text is taken in turn with the number of its runs that are
 * dealt to the seeded arm, and what scores alike is counted together. The scores are whole numbers, so ties are exact;
 * the counts are so below 2^53, and above it right to about 13 digits. Each arm needs at least two runs. If there are
 * too many scores to keep, 20,000 ways are drawn instead, always the same ones, and p is (1 + hits) / (1 + samples).
 */
export function permutationP(counts: Counts): PValue {
  const [k, m] = armSizes(counts);
  const sizes = counts.map(([seeded, unseeded]) => seeded + unseeded).sort((a, b) => a - b);
  const score = scoreOf(k, m);
  const observed = counts.reduce((sum, [seeded, unseeded]) => sum + score(seeded, unseeded), 0);
  const ways = choose(k + m, k);
  const atLeast = Number.isFinite(ways) ? countWays(sizes, k, score, observed) : null;
  if (atLeast === null) return { p: sampledP(sizes, k, score, observed), method: 'sampled', samples };
  return { p: Math.min(1, atLeast / ways), method: 'exact', ways };
}

/** What a text with so many runs in each arm adds to the difference of the matches, times k (k - 1) m (m - 1). */
const scoreOf = (k: number, m: number) => (seeded: number, unseeded: number) =>
  seeded * (seeded - 1) * m * (m - 1) - unseeded * (unseeded - 1) * k * (k - 1);

type Score = ReturnType<typeof scoreOf>;
/** By the number of runs dealt to the seeded arm: each score that can come of it, and in how many ways. */
type Dealt = Map<number, number>[];

/**
 * In how many ways the texts can be dealt out with a score of at least `observed`; null if too many scores occur. Every
 * other text is dealt on its own, then both halves are put together: that takes far fewer scores than one go.
 */
function countWays(sizes: readonly number[], k: number, score: Score, observed: number): number | null {
  const half = (which: number) => sizes.filter((_, index) => index % 2 === which);
  const [left, right] = [dealAll(half(0), k, score), dealAll(half(1), k, score)];
  if (!left || !right) return null;
  let atLeast = 0;
  for (const [seeded, scores] of left.entries()) atLeast += waysAbove(scores, right[k - seeded], observed);
  return atLeast;
}

function dealAll(sizes: readonly number[], k: number, score: Score): Dealt | null {
  let dealt: Dealt = Array.from({ length: k + 1 }, (_, seeded) => new Map(seeded === 0 ? [[0, 1]] : []));
  for (const size of sizes) {
    dealt = dealOne(dealt, size, k, score);
    if (dealt.reduce((sum, scores) => sum + scores.size, 0) > maxScores) return null;
  }
  return dealt;
}

function dealOne(before: Dealt, size: number, k: number, score: Score): Dealt {
  const after: Dealt = before.map(() => new Map());
  for (const [already, scores] of before.entries())
    for (let seeded = 0; seeded <= Math.min(size, k - already); seeded++) {
      const [to, more, ways] = [after[already + seeded], score(seeded, size - seeded), choose(size, seeded)];
      if (to) for (const [sum, so] of scores) to.set(sum + more, (to.get(sum + more) ?? 0) + so * ways);
    }
  return after;
}

/** The ways of all pairs of a score here and a score there that are together at least `observed`. */
function waysAbove(here: Dealt[number], there: Dealt[number] | undefined, observed: number): number {
  const rising = [...here].sort(([a], [b]) => a - b);
  const falling = [...(there ?? [])].sort(([a], [b]) => b - a);
  let [total, reached, next] = [0, 0, 0];
  for (const [score, ways] of rising) {
    for (; score + (falling[next]?.[0] ?? Number.NEGATIVE_INFINITY) >= observed; next++)
      reached += falling[next]?.[1] ?? 0;
    total += ways * reached;
  }
  return total;
}

function sampledP(sizes: readonly number[], k: number, score: Score, observed: number): number {
  const random = mulberry32(1);
  const texts = sizes.flatMap((size, text) => Array.from({ length: size }, () => text));
  let hits = 0;
  for (let sample = 0; sample < samples; sample++) {
    const seeded = sizes.map(() => 0);
    for (let place = 0; place < k; place++) {
      const other = place + Math.floor(random() * (texts.length - place));
      const text = texts[other] ?? 0;
      texts[other] = texts[place] ?? 0;
      texts[place] = text;
      seeded[text] = (seeded[text] ?? 0) + 1;
    }
    const total = sizes.reduce((sum, size, text) => sum + score(seeded[text] ?? 0, size - (seeded[text] ?? 0)), 0);
    if (total >= observed) hits++;
  }
  return (1 + hits) / (1 + samples);
}

/** Numbers from 0 up to 1 in an order that looks random and is always the same (Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** n choose k; exact up to 2^53. */
function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 1; i <= Math.min(k, n - k); i++) {
    const next = ways * (n - Math.min(k, n - k) + i);
    ways = Number.isSafeInteger(next) ? next / i : ways * ((n - Math.min(k, n - k) + i) / i);
  }
  return ways;
}

const armSizes = (counts: Counts): [seeded: number, unseeded: number] => [
  counts.reduce((sum, [seeded]) => sum + seeded, 0),
  counts.reduce((sum, [, unseeded]) => sum + unseeded, 0),
];

/** The smallest p that arms of these sizes can give. */
function bestPOf(counts: Counts): number {
  const [k, m] = armSizes(counts);
  return 1 / choose(k + m, k);
}

/** `pValue` is that of the counts: it takes by far the longest, and is shown, too. */
function judge(counts: Counts, pValue: PValue): SeedFinding {
  if (bestPOf(counts) > threshold) return 'too-few';
  if (counts.length === 1) return 'all-equal';
  if (pValue.p <= threshold) return 'effect';
  if (permutationP(counts.map(([seeded, unseeded]) => [unseeded, seeded])).p <= threshold) return 'less';
  if (otherTextP(counts) <= threshold) return 'other-text';
  const room = 1 - (pairwiseMatch(counts.map(([, unseeded]) => unseeded)) ?? 1);
  return room >= visible && mostEffect(counts) < visible ? 'none' : 'unclear';
}

/** The p of each arm having one text of its own: of all ways to deal the runs out, one or, for equal arms, two. */
function otherTextP(counts: Counts): number {
  const [k, m] = armSizes(counts);
  const apart = counts.length === 2 && counts.every(([seeded, unseeded]) => seeded === 0 || unseeded === 0);
  return apart ? (k === m ? 2 : 1) * bestPOf(counts) : 1;
}

/**
 * At 95 %, how many more of all pairs agree with the seed than without it, at most. With the seed that share is at most that
 * of a model whose most common text has the high end of `chosenShare`, and others as common as that leaves room for;
 * without it, at least the square of the low end.
 */
function mostEffect(counts: Counts): number {
  const [k, m] = armSizes(counts);
  const [, high] = chosenShare(Math.max(...counts.map(([seeded]) => seeded)), k);
  const [low] = chosenShare(Math.max(...counts.map(([, unseeded]) => unseeded)), m);
  const as = Math.floor(1 / high);
  return as * high ** 2 + (1 - as * high) ** 2 - low ** 2;
}

/**
 * With how many runs in each arm the test would tell, if each text that came more than once goes on to come as often, and all
 * others are new each time. Looked for by doubling, so it may be up to twice as many as needed.
 */
function enoughRuns(counts: Counts): number | null {
  const most = Math.max(...armSizes(counts));
  for (let times = 2; times * most <= maxOfArm; times *= 2) {
    const more = goOn(counts, times);
    if (judge(more, permutationP(more)) !== 'unclear') return times * most;
  }
  return null;
}

const goOn = (counts: Counts, times: number): Counts =>
  counts.flatMap(([seeded, unseeded]): Counts => {
    if (seeded + unseeded > 1) return [[seeded * times, unseeded * times]];
    return Array.from({ length: times }, () => [seeded, unseeded]);
  });
