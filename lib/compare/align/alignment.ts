import { defined } from '@/lib/defined';
import type { Group } from './groups';
import { likenessOf, likeTogether, medoid, outwards } from './likeness';
import { type Outlier, outliersOf } from './outliers';
import { contextIn, modeOf, type Position, variantsOf } from './positions';
import { profileOf } from './profile';
import { stretchesOf } from './stretches';
import { countWords, splitWords } from './words';

/** Words that all texts have in one place. `at` is its index among the segments, `word` is the number, from 1, of the first of them in the base text. */
type Shared = { kind: 'shared'; at: number; word: number; words: number; text: string };
export type Segment = Shared | ({ kind: 'position' } & Position);
export type AlignedText = { letter: string; runs: number[] };

/**
 * Distinct texts cut at the same places. `base` is the one in the middle: words are numbered, and places counted, as it has
 * them. `outliers` are not among the aligned texts.
 */
export type Alignment = {
  base: Group | null;
  alignedTexts: AlignedText[];
  segments: Segment[];
  outliers: Outlier[];
};

/**
 * All texts side by side: the places where they differ, with what all share between them, in order. The shared segments
 * together with one text's readings at the places are that text, exactly. Drawn as a graph, it is that of variants, where texts
 * that part join again; drawn as a table, it is the alignment. Texts that are like each other are neighbours.
 *
 *     'the old red boat' (runs 1, 2), 'the new boat' (run 3)
 *     →  A (1, 2), B (3);  shared 'the' · position ' old red' A | ' new' B · shared ' boat'
 *
 * `groups` are those of groupTexts. Without texts it is empty.
 */
export function alignTexts(groups: readonly Group[]): Alignment {
  const likeness = likenessOf(groups);
  const base = medoid(groups, likeness);
  if (!base) return { base, alignedTexts: [], segments: [], outliers: [] };
  const outliers = outliersOf(base, groups);
  const apart = new Set(outliers.map(({ letter }) => letter));
  const aligned = [...groups.keys()].filter((at) => !apart.has(groups[at]?.letter ?? ''));
  const take = (order: readonly number[]): Group[] => order.flatMap((at) => groups[at] ?? []);
  return {
    base,
    alignedTexts: take(likeTogether(aligned, likeness)).map(({ letter, runs }) => ({ letter, runs })),
    segments: segmentsOf(take(outwards(groups.indexOf(base), aligned, likeness))),
    outliers,
  };
}

/** Texts, the base first, cut at the same places. */
function segmentsOf(texts: readonly Group[]): Segment[] {
  const stretches = stretchesOf(profileOf(texts.map(({ text }) => text)));
  const base = defined(texts[0]).text;
  const context = contextIn(base);
  let from = 0;
  return stretches.map(({ shared, cells }, at): Segment => {
    const text = defined(cells[0]);
    const place = { from, to: from + text.length };
    from = place.to;
    const { word, before, after } = context(place);
    if (shared) return { kind: 'shared', at, word, words: countWords(splitWords(text)), text };
    const variants = variantsOf(texts, cells);
    return { kind: 'position', at, word, before, after, ...place, mode: modeOf(base, place, variants), variants };
  });
}

/** What `span` texts one below another, from the one with index `row` on, have in a segment; null for nothing. */
export type Cell = { row: number; span: number; text: string | null };

/**
 * One column of the table of alignment: a cell for each stretch of neighbours that agree.
 *
 *     ' old' A C · ' new' B   for A, B, C  →  ' old' row 0, ' new' row 1, ' old' row 2
 *     ' old' A B · ' new' C                →  ' old' rows 0 and 1, ' new' row 2
 */
export function cellsOf(segment: Segment, alignedTexts: readonly AlignedText[]): Cell[] {
  if (segment.kind === 'shared') return [{ row: 0, span: alignedTexts.length, text: segment.text }];
  const variants = new Map(segment.variants.flatMap(({ letters, text }) => letters.map((letter) => [letter, text])));
  const cells: Cell[] = [];
  for (const [row, { letter }] of alignedTexts.entries()) {
    const text = variants.get(letter) ?? null;
    const above = cells.at(-1);
    if (above && above.text === text) above.span++;
    else cells.push({ row, span: 1, text });
  }
  return cells;
}
