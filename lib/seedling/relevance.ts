import type { Passage } from './corpus';
import { log } from './portable-math';

// Words that say nothing about the subject of a text.
const stopWords = new Set(
  `a about an and are as at be but by can could do does for from generate give had has have how i if in into is it its
  just let like make may me my of on one or our out please short should so some tell than that the their them then
  there these they this to up us was we were what when where which why will with without would write you your`.split(
    /\s+/,
  ),
);

/** The words of a text that carry its subject, lower-cased, without a plural s. */
export function subjectWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !stopWords.has(word)).map(stem);
}

const stem = (word: string): string => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word);

/** How strongly a passage matches a word of its form ("haiku"), of its keywords, of its text. */
const formStrength = 8;
const keywordStrength = 4;
const textStrength = 1;

/** A passage that holds a subject word, and how strongly it matches it. */
export type PassageMatch = { passage: number; strength: number };

/** The number of passages, which of them match each subject word, and which serve a prompt that none matches. */
export type RelevanceIndex = { passages: number; matches: Map<string, PassageMatch[]>; fallback: number[] };

export function indexPassages(passages: readonly Passage[]): RelevanceIndex {
  const matches = new Map<string, PassageMatch[]>();
  passages.forEach(({ form, keywords, text }, passage) => {
    const strengths = new Map(subjectWords(text).map((word) => [word, textStrength]));
    for (const word of subjectWords(keywords.join(' '))) strengths.set(word, keywordStrength);
    for (const word of subjectWords(form)) strengths.set(word, formStrength);
    for (const [word, strength] of strengths) {
      const list = matches.get(word);
      if (list) list.push({ passage, strength });
      else matches.set(word, [{ passage, strength }]);
    }
  });
  const fallback = passages.flatMap(({ keywords }, passage) => (keywords.includes('default') ? [passage] : []));
  return { passages: passages.length, matches, fallback };
}

/** Even a passage that has nothing to do with the prompt weighs this much: the model's general knowledge of English. */
const minWeight = 0.0005;
/** A passage whose score is this share of the best one's counts as much: one more word in common is often chance. */
const goodEnough = 0.85;
/** How steeply weight falls with the score below that: half the score weighs 1/2^8. */
const steepness = 8;

/**
 * How much each passage counts for a prompt, from `minWeight` to 1. A passage scores the rarity of each subject word that
 * it shares with the prompt, times how strongly it matches it; the best ones weigh 1. If none matches, the passages
 * marked "default" are the best.
 */
export function weighPassages(index: RelevanceIndex, prompt: string): Float64Array {
  const scores = new Float64Array(index.passages);
  for (const word of new Set(subjectWords(prompt))) {
    const matches = index.matches.get(word) ?? [];
    const total = matches.reduce((sum, { strength }) => sum + strength, 0);
    const rarity = log(1 + (keywordStrength * index.passages) / (total || 1));
    for (const { passage, strength } of matches) scores[passage] = (scores[passage] ?? 0) + strength * rarity;
  }
  const best = scores.reduce((max, score) => Math.max(max, score), 0);
  if (best === 0) {
    scores.fill(minWeight);
    for (const passage of index.fallback) scores[passage] = 1;
    return scores;
  }
  return scores.map((score) => {
    let weight = 1;
    for (let power = 0; power < steepness; power++) weight *= Math.min(1, score / (best * goodEnough));
    return Math.max(weight, minWeight);
  });
}
