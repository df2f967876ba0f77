import { groupTexts, type RunText } from '@/lib/compare/align/groups';
import { canonicalJson } from '@/lib/recipe/canonical';
import { armRequest } from '@/lib/recipe/plan';
import type { Recipe } from '@/lib/recipe/recipe';
import type { EndedRun, RunRecord } from '@/lib/run/record';
import { pairwiseMatch } from './agreement';
import { isComparable } from './comparable';

/** One arm: its compared runs, and the share of pairs of them with equal text; null for fewer than two. */
type ArmMatch = { arm: number; runs: number[]; texts: number; match: number | null };

/** How a p-value was found: from all `ways` to deal the runs out to the arms, or from `samples` of them. */
export type PValue = { p: number; method: 'exact'; ways: number } | { p: number; method: 'sampled'; samples: number };

/**
 * What the seed test says. 'effect': seeded runs agree more than chance explains (p ≤ 0.05). 'other-text': each arm is of
 * one text, but not of the same one. 'temperature-0': no effect, and none was to be expected. 'too-few': even the
 * clearest outcome would not have been enough.
 */
type SeedFinding = 'effect' | 'none' | 'other-text' | 'temperature-0' | 'too-few';

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
  finding: SeedFinding;
};

/** From here on down a p-value is called an effect. */
const threshold = 0.05;

/** If more scores than these must be kept, the ways are sampled, not counted. */
const maxScores = 200_000;
const samples = 20_000;

/**
 * The seed test: do runs with one seed agree more than runs without? Null unless the experiment is one: two arms whose
 * requests are equal but for the seed, which one of them sends and the other does not.
 *
 *     seeded 'a' 'a' 'a' 'a', unseeded 'b' 'c' 'd' 'e'  →  match 1 and 0, p = 1/70: 'effect'
 */
export function seedTest(recipe: Recipe, runs: readonly RunRecord[]): SeedTest | null {
  const arms = seedArms(recipe);
  if (!arms) return null;
  const compared = runs.filter(isComparable);
  const withSeed = compared.filter((run) => run.arm === arms.seeded);
  const without = compared.filter((run) => run.arm === arms.unseeded);
  const [seeded, unseeded] = [armMatch(arms.seeded, withSeed), armMatch(arms.unseeded, without)];
  const [k, m] = [seeded.runs.length, unseeded.runs.length];
  const enough = k > 1 && m > 1;
  const found = {
    seed: arms.seed,
    temperature: arms.temperature ?? null,
    seeded,
    unseeded,
    between: betweenMatch(withSeed, without),
    pValue: enough ? permutationP(groupCounts(withSeed, without)) : null,
    bestP: enough ? 1 / choose(k + m, k) : null,
  };
  return { ...found, finding: judge(found) };
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

function armMatch(arm: number, runs: readonly EndedRun[]): ArmMatch {
  const sizes = groupTexts(runs).map((group) => group.runs.length);
  return { arm, runs: runs.map(({ run }) => run), texts: sizes.length, match: pairwiseMatch(sizes) };
}

/** How often each text came up in the seeded and in the unseeded arm. */
function groupCounts(seeded: readonly RunText[], unseeded: readonly RunText[]): [seeded: number, unseeded: number][] {
  const counts = new Map<string, [number, number]>();
  const count = (text: string, a: number, b: number) => {
    const [seededSoFar, unseededSoFar] = counts.get(text) ?? [0, 0];
    counts.set(text, [seededSoFar + a, unseededSoFar + b]);
  };
  for (const { text } of seeded) count(text, 1, 0);
  for (const { text } of unseeded) count(text, 0, 1);
  return [...counts.values()];
}

function betweenMatch(seeded: readonly RunText[], unseeded: readonly RunText[]): number | null {
  if (seeded.length === 0 || unseeded.length === 0) return null;
  const equal = groupCounts(seeded, unseeded).reduce((sum, [a, b]) => sum + a * b, 0);
  return equal / (seeded.length * unseeded.length);
}

/**
 * The one-sided p-value of a permutation test: of all ways to deal the runs out to two arms of these sizes, the share in
 * which (seeded within-match - unseeded within-match) is at least what was observed. Counted exactly, not by listing the
 * ways: which runs of a text go where does not matter, so each text is taken in turn with the number of its runs that are
 * dealt to the seeded arm, and what scores alike is counted together. The scores are whole numbers, so ties are exact;
 * the counts are so below 2^53, and above it right to about 13 digits. Each arm needs at least two runs. If there are
 * too many scores to keep, 20,000 ways are drawn instead, always the same ones, and p is (1 + hits) / (1 + samples).
 */
export function permutationP(counts: readonly (readonly [seeded: number, unseeded: number])[]): PValue {
  const k = counts.reduce((sum, [seeded]) => sum + seeded, 0);
  const m = counts.reduce((sum, [, unseeded]) => sum + unseeded, 0);
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

function judge({ seeded, unseeded, between, pValue, bestP, temperature }: Omit<SeedTest, 'finding'>): SeedFinding {
  if (pValue && pValue.p <= threshold) return 'effect';
  if (!pValue || bestP === null || bestP > threshold) return 'too-few';
  if (seeded.match === 1 && unseeded.match === 1 && between === 0) return 'other-text';
  return temperature === 0 ? 'temperature-0' : 'none';
}
