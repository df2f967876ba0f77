import type { Outlier } from '@/lib/compare/align/outliers';
import { counted, plural } from './english';

/** "33 places where 15 runs do not all agree. …", over the readings; `inWords`: places of spelling are not counted. */
export const sayPlaces = (places: number, runs: number, inWords: boolean): string =>
  `${counted(places, 'place')} where ${runs} runs do not all agree${inWords ? ' in words' : ''}. Readings of more runs come first; letters that differ from the first one are underlined.`;

/** Over texts that are unlike the others: "2 texts are unlike the others, and stand apart." */
export const sayApart = (texts: number): string =>
  `${counted(texts, 'text')} ${plural(texts, 'is', 'are')} unlike the others, and ${plural(texts, 'stands', 'stand')} apart from the places above.`;

/** How little a text shares with the base, named by its letter: "differs throughout: it shares 14 words with B, …". */
export function sayOutlier({ shared, of }: Outlier, base: string): string {
  if (of === 0) return 'has no words.';
  return `differs throughout: of the ${counted(of, 'word')} of the shorter of the two, it shares ${shared} with ${base}.`;
}
