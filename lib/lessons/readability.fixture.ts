import type { Lesson } from './lesson';

/**
 * The US school grade that a text asks for: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid,
 * Fishburne, Rogers and Chissom 1975, Research Branch Report 8-75, Naval Air Station Memphis).
 */
export function gradeOf(text: string): number {
  const words = wordsOf(text);
  const sentences = text.split(/[.?:]+(?:\s|$)/u).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
  const syllables = words.reduce((sum, word) => sum + countSyllables(word), 0);
  return (0.39 * words.length) / sentences + (11.8 * syllables) / words.length - 15.59;
}

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}]+(?:[.’'-][\p{L}\p{N}]+)*/gu) ?? [];

/** Groups of vowels, without a silent e at the end (but "table" has two) or in "-ed", "-es", "-ely" where it is not spoken. */
export function countSyllables(word: string): number {
  const spoken = word
    .toLowerCase()
    .replace(/([^aeiouytd])ed$/u, '$1d')
    .replace(/([^aeiouysxzhcg])es$/u, '$1s')
    .replace(/(?<=[^aeiouy])ely$/u, 'ly')
    .replace(/(?<![^aeiouy]l)e$/u, '');
  return Math.max(1, spoken.match(/[aeiouy]+/gu)?.length ?? 0);
}

/** What a student reads in sentences. */
export const sentencesOf = ({ learns, predict, run, explain, check, change }: Lesson): string[] => [
  learns,
  predict.question,
  run.instruction,
  ...explain,
  check.question,
  ...check.options.map(({ reply }) => reply),
  change.instruction,
];

/** Everything that a student reads, but for captions. */
export const stringsOf = (lesson: Lesson): string[] => [
  lesson.title,
  ...sentencesOf(lesson),
  ...(lesson.predict.kind === 'choice' ? lesson.predict.options : [lesson.predict.unit]),
  ...lesson.check.options.map(({ text }) => text),
];
