import { alignTexts } from '../lib/compare/align/alignment';
import { differenceFrom } from '../lib/compare/align/diff';
import { groupTexts } from '../lib/compare/align/groups';
import { splitWords } from '../lib/compare/align/words';
import { quickest, round } from './clock';
import { aText, aWord, random, words, written } from './texts';

/*
 * All texts aligned with each other, as the table of differences has them, against each aligned with the most common one
 * alone, which is the least that any alignment takes.
 */
const first = aText(words);
const versionOf = (changes: number) => first.map((word) => (random() < changes ? aWord() : word));
const shapes: Record<string, { runs: number; distinct: number; text: () => string[] }> = {
  '15 answers, 5 % of words replaced': { runs: 15, distinct: 15, text: () => versionOf(0.05) },
  '1,000 runs of 40 texts, 5 % replaced': { runs: 1000, distinct: 40, text: () => versionOf(0.05) },
  '1,000 runs of 40 texts, 30 % replaced': { runs: 1000, distinct: 40, text: () => versionOf(0.3) },
  '1,000 texts, 5 % replaced': { runs: 1000, distinct: 1000, text: () => versionOf(0.05) },
  '1,000 texts, unseeded': { runs: 1000, distinct: 1000, text: () => aText(words) },
  '40 texts that share no order': { runs: 40, distinct: 40, text: () => aText(4 * words) },
};

console.log(`${words} words a text`);
console.table(
  Object.entries(shapes).map(([name, { runs, distinct, text }]) => {
    const texts = Array.from({ length: distinct }, () => written(text()).join(''));
    const groups = groupTexts(
      Array.from({ length: runs }, (_, at) => ({ run: at + 1, text: texts[at % distinct] ?? '' })),
    );
    const together = quickest(3, () => alignTexts(groups));
    const apart = quickest(3, () => {
      const difference = differenceFrom(splitWords(groups[0]?.text ?? ''));
      for (const group of groups) difference(splitWords(group.text));
    });
    const places = alignTexts(groups).segments.filter(({ kind }) => kind === 'position');
    return {
      name,
      'together (ms)': round(together),
      'with one (ms)': round(apart),
      times: round(together / apart),
      places: places.length,
    };
  }),
);
