import type { Passage } from './corpus';
import { log } from './portable-math';

// Words that say nothing of what a text should be about.
const emptyWords = new Set(
  `a about an and are as at be but by can could do does for from generate give had has have i if in into is it its
  just let like make may me my of on one or our out please short should so some tell than that the their them then
  there these they this to up us was we were which who will with without would write you your`.split(/\s+/),
);

/** The words of a text that carry its subject, lower-cased and without a plural s. */
export function subjectWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !emptyWords.has(word)).map(stem);
}

const stem = (word: string): string => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word);

/** For each passage the subject words it answers to, each with how strongly: by its header, or by its text alone. */
export type PassageIndex = { strength: Map<string, number>[]; rarity: Map<string, number>; fallback: boolean[] };

const formStrength = 8;
const keywordStrength = 4;
const textStrength = 1;

export function indexPassages(passages: readonly Passage[]): PassageIndex {
  const strength = passages.map(({ form, keywords, text }) => {
    const words = new Map(subjectWords(text).map((word) => [word, textStrength]));
    for (const word of subjectWords(keywords.join(' '))) words.set(word, keywordStrength);
    for (const word of subjectWords(form)) words.set(word, formStrength);
    return words;
  });
  const holders = new Map<string, number>();
  for (const words of strength) for (const [word, value] of words) holders.set(word, (holders.get(word) ?? 0) + value);
  const all = keywordStrength * passages.length;
  const rarity = new Map([...holders].map(([word, held]) => [word, log(1 + all / held)]));
  return { strength, rarity, fallback: passages.map(({ keywords }) => keywords.includes('default')) };
}

/** What even a passage that has nothing to do with the prompt weighs: the model's general knowledge of English. */
const leastWeight = 0.0005;
/** A passage this close to the best one is as good: being the one that shares a chance word more is no merit. */
const goodEnough = 0.75;
/** How steeply weight falls with relevance below that: half as relevant weighs 1/2^5. */
const steepness = 5;

/**
 * How much each passage counts for a prompt, from `leastWeight` to 1. A passage scores the rarity of each subject word
 * it shares with the prompt, times how strongly it answers to it; the best ones weigh 1. If nothing fits, the passages
 * marked "default" are the best.
 */
export function weighPassages(index: PassageIndex, prompt: string): Float64Array {
  const asked = [...new Set(subjectWords(prompt))];
  const scores = index.strength.map((words) =>
    asked.reduce((sum, word) => sum + (words.get(word) ?? 0) * (index.rarity.get(word) ?? 0), 0),
  );
  const best = scores.reduce((most, score) => Math.max(most, score), 0);
  return Float64Array.from(scores, (score, passage) => {
    if (best === 0) return index.fallback[passage] ? 1 : leastWeight;
    let weight = 1;
    for (let power = 0; power < steepness; power++) weight *= Math.min(1, score / (best * goodEnough));
    return Math.max(weight, leastWeight);
  });
}
