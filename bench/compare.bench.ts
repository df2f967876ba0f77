import { diffArrays } from 'diff';
import { resultSteps } from '@/lib/compare/result-steps';
import { defaultViewSettings, type ViewSettings, views } from '@/lib/compare/results';
import { anExperiment, endedWith } from '@/lib/run/records.fixture';
import { differenceFrom, type Part } from '../lib/compare/align/diff';
import { alignWords, WordIndex } from '../lib/compare/align/lcs';
import { type Piece, splitWords } from '../lib/compare/align/words';
import { milliseconds, quickest, round } from './clock';
import { aText, aWord, random, words } from './texts';

/*
 * Our word aligner against jsdiff on the same words, cut beforehand: the time to align each run with the first one.
 */
const first = aText(words);
const partAt = (place: number): string[] => [...first.slice(0, place), ...aText(words - place)];
const shapes: Record<string, () => string[]> = {
  'seeded, 10 % part': () => (random() < 0.1 ? partAt(Math.floor(random() * words)) : [...first]),
  'all part at a random word': () => partAt(Math.floor(random() * words)),
  '5 % of words replaced': () => first.map((word) => (random() < 0.05 ? aWord() : word)),
  unseeded: () => aText(words),
};

const toPieces = (text: readonly string[]): Piece[] => text.map((each) => ({ text: each, word: true }));

/** jsdiff takes a minute for a thousand unseeded runs: this many stand for all, and its time is scaled up. */
const maxForJsdiff = 100;

/** As many for jsdiff as for ours: the quickest of more passes would be quicker. */
const passes = 3;

function measure(shape: string, runs: number) {
  const texts = Array.from({ length: runs }, shapes[shape] ?? (() => []));
  const pieces = texts.map(toPieces);
  const base = toPieces(first);
  const whole = quickest(passes, () => {
    const difference = differenceFrom(base);
    for (const each of pieces) difference(each);
  });
  const aligned = quickest(passes, () => {
    const index = new WordIndex(first);
    for (const each of texts) alignWords(index, each);
  });
  const sampled = shape === 'seeded, 10 % part' ? texts : texts.slice(0, maxForJsdiff);
  const theirs =
    quickest(passes, () => {
      for (const each of sampled) diffArrays(first, each);
    }) *
    (runs / sampled.length);
  return {
    shape,
    runs,
    'ours, parts (ms)': round(whole),
    'aligner only (ms)': round(aligned),
    'jsdiff (ms)': round(theirs),
    'jsdiff ran on': sampled.length,
    'times faster': round(theirs / whole),
  };
}

console.log(
  `${words} words a run, against the first. "ours" makes the readable parts too; jsdiff's is diffArrays alone.`,
);
console.table(Object.keys(shapes).flatMap((shape) => [100, 1000].map((runs) => measure(shape, runs))));

/* The worst texts. */
const repeat = (text: string, bytes: number): string => text.repeat(Math.ceil(bytes / text.length)).slice(0, bytes);
const printable = () => String.fromCharCode(33 + Math.floor(random() * 94));
const characters = (length: number, draw: () => string): string => Array.from({ length }, draw).join('');
const chinese = () => String.fromCharCode(0x4e00 + Math.floor(random() * 3000));
const kilobytes = 100_000;
const megabyte = 1_000_000;
const pathological: Record<string, () => [string, string]> = {
  '100 KB of one word, other ends': () => [`a${repeat(' the', kilobytes)} b`, `c${repeat(' the', kilobytes / 2)} d`],
  '100 KB of one word, among others': () => [
    `a${repeat(' the the x', kilobytes)} b`,
    `c${repeat(' the y', kilobytes)} d`,
  ],
  '100 KB of random words': () => [aText(kilobytes / 5).join(''), aText(kilobytes / 5).join('')],
  '100 KB of random characters': () => [characters(kilobytes, printable), characters(kilobytes, printable)],
  '1 MB line without spaces, one letter': () => [`${repeat('a', megabyte)}b`, `${repeat('a', megabyte)}c`],
  '1 MB line, random characters': () => [characters(megabyte, printable), characters(megabyte, printable)],
  '1 MB line of Chinese (330,000 characters)': () => [
    characters(megabyte / 3, chinese),
    characters(megabyte / 3, chinese),
  ],
  '1 MB of two words, by chance': () => [
    characters(megabyte / 2, () => (random() < 0.5 ? ' a' : ' b')),
    characters(megabyte / 2, () => (random() < 0.5 ? ' a' : ' b')),
  ],
};
const viewSettings: ViewSettings = { ...defaultViewSettings, baseline: 1 };

/** What the baseline has in place of a part. */
function baselineOf(part: Part): string {
  if (part.kind === 'added') return '';
  return part.kind === 'same' ? part.text : part.was;
}

console.log('\npathological inputs');
console.table(
  Object.entries(pathological).map(([name, make]) => {
    const texts = make();
    let cut: Piece[][] = [];
    const cutting = milliseconds(() => {
      cut = texts.map(splitWords);
    });
    const [baseline = [], text = []] = cut;
    let parts: Part[] = [];
    const marking = milliseconds(() => {
      parts = differenceFrom(baseline)(text);
    });
    const back = parts.map((part) => part.text).join('') === texts[1];
    const was = parts.map(baselineOf).join('');
    const both = anExperiment(endedWith(...texts), false);
    const shown = views.map((view) => milliseconds(() => [...resultSteps(both, { ...viewSettings, view })]));
    return {
      name,
      pieces: baseline.length,
      'cut into words (ms)': round(cutting),
      'diff (ms)': round(marking),
      'slowest view of all (ms)': round(Math.max(...shown)),
      'joins exact': back && was === texts[0],
      parts: parts.length,
    };
  }),
);
