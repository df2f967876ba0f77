import type { Outlier } from '@/lib/compare/align/outliers';
import { counted, plural } from './english';

/** "33 places where 15 runs do not all agree. …", over the readings; `inWords`: places of spelling are not counted. */
export const sayPlaces = (places: number, runs: number, inWords: boolean): string =>
  `${counted(places, 'place')} where ${runs} runs do not all agree${inWords ? ' in words' : ''}. Readings of more runs come first, “nothing here” last. Where one is close to the first, what differs is underlined.`;

/** Over texts that are unlike the others: "2 texts are unlike the others, and stand apart." */
export const sayApart = (texts: number): string =>
  `${counted(texts, 'text')} ${plural(texts, 'is', 'are')} unlike the others, and ${plural(texts, 'stands', 'stand')} apart from the places above.`;

/** How little a text shares with the base, named by its letter: "differs throughout: of the 48 words of …, it shares 14 with B." */
export function sayOutlier({ shared, of, first }: Outlier, base: string): string {
  if (of === 0) return 'has no words.';
  if (first !== null)
    return `differs throughout: among the first ${counted(first, 'word')} of each, it shares ${shared} with ${base}.`;
  return `differs throughout: of the ${counted(of, 'word')} of the shorter of the two, it shares ${shared} with ${base}.`;
}
