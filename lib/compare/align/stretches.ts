import { maxAligned } from './profile';

/** Columns of a profile that belong together: what each text has there; '' for nothing. `shared`: all have the same. */
export type Stretch = { shared: boolean; cells: readonly string[] };

/** What a place costs whoever reads the table, and what each reading in it: as much as so many words. */
const placeCost = 5;
const readingCost = 1;
/** What a word costs that all share, and is repeated in each reading of a place all the same. */
const sharedCost = 2;
/** So many words and marks are read at a glance. Those beyond cost twice as much. */
const glance = 16;
/** A place is made of at most so many blocks, which bounds the work. */
const maxBlocks = 24;

/**
 * Cuts a profile into what all texts share and places where they differ, so that the table of places costs its reader the
 * least: each place its line, each distinct reading in it a little and its words. So one text that goes its own way for a page
 * does not make a single place of what the others differ in on that page, and two changes of the same texts with a word
 * between them are one. It is the shortest description of the texts (minimum description length, Rissanen 1978), found by dynamic
 * programming.
 *
 *     the old boat lay in the bay
 *     the big boat lay in the bay    →    the | old, big, big | boat lay in the | bay, bay, sea
 *     the big boat lay in the sea
 *
 * Every text's cells join to the text as they did in the profile. Two shared stretches are never side by side. Of the rows
 * only the first `maxAligned` count for where to cut. Takes `maxBlocks` times the cells, steps.
 */
export function stretchesOf(columns: readonly (readonly string[])[]): Stretch[] {
  const blocks = blocksOf(columns);
  // For each number of blocks from the start: what they cost when they are cut best, and where the last stretch begins.
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  const improve = (from: number, to: number, cost: number): void => {
    const whole = (best[from]?.cost ?? 0) + cost;
    if (whole <= (best[to]?.cost ?? Number.POSITIVE_INFINITY)) best[to] = { cost: whole, from };
  };
  for (const [from, block] of blocks.entries()) {
    if (block.shared) improve(from, from + 1, 0);
    else for (const [to, cost] of placesFrom(blocks, from)) improve(from, to, cost);
  }
  const stretches: Stretch[] = [];
  for (let to = blocks.length; to > 0; to = best[to]?.from ?? 0)
    stretches.push(joined(blocks.slice(best[to]?.from ?? 0, to)));
  return withoutSeams(stretches.reverse());
}

const costOf = (words: number): number => readingCost + words + Math.max(0, words - glance);

/** The places that begin with a block: where each ends, and what it costs. */
function* placesFrom(blocks: readonly Block[], from: number): Generator<[to: number, cost: number]> {
  // For each reading so far, which is a combination of classes, how many words it has.
  let readings = (blocks[from]?.classes ?? []).map(() => 0);
  let words = [0];
  for (const [at, block] of blocks.slice(from, from + maxBlocks).entries()) {
    const numbers = new Map<number, number>();
    const next: number[] = [];
    readings = readings.map((reading, row) => {
      const own = block.classes[row] ?? 0;
      const combination = reading * block.classes.length + own;
      const number = numbers.get(combination) ?? numbers.size;
      numbers.set(combination, number);
      next[number] = (words[reading] ?? 0) + (block.empty.has(own) ? 0 : block.words);
      return number;
    });
    words = next;
    if (!block.shared) yield [from + at + 1, placeCost + words.reduce((sum, each) => sum + costOf(each), 0)];
  }
}

/**
 * Columns side by side in which the same texts agree. `classes` number, for each text, what it has there; those in `empty`
 * are nothing. `words` are what each of the others costs to read.
 */
type Block = Stretch & { classes: readonly number[]; empty: ReadonlySet<number>; words: number };

function blocksOf(columns: readonly (readonly string[])[]): Block[] {
  const groups: { classes: number[]; columns: (readonly string[])[] }[] = [];
  for (const column of columns) {
    const classes = classesOf(column);
    const last = groups.at(-1);
    if (last && classes.every((each, row) => each === last.classes[row])) last.columns.push(column);
    else groups.push({ classes, columns: [column] });
  }
  return groups.map(({ classes, columns: those }) => ({
    ...joined(those.map((cells) => ({ cells }))),
    classes: classes.slice(0, maxAligned),
    empty: new Set(classes.filter((_, row) => those.every((cells) => cells[row] === ''))),
    words: those.length * (classes.every((each) => each === 0) && those.some(hasWords) ? sharedCost : 1),
  }));
}

const hasWords = (cells: readonly string[]): boolean => /[\p{L}\p{N}]/u.test(cells[0] ?? '');

/** Numbers what is in a column: 0 for what the first text has, and so on. */
function classesOf(cells: readonly string[]): number[] {
  const known = new Map<string, number>();
  return cells.map((cell) => {
    const number = known.get(cell) ?? known.size;
    known.set(cell, number);
    return number;
  });
}

function joined(parts: readonly { cells: readonly string[] }[]): Stretch {
  const [first, ...others] = parts.map(({ cells }) => cells);
  const cells = (first ?? []).map((cell, row) => others.reduce((text, each) => text + (each[row] ?? ''), cell));
  return { shared: cells.every((cell) => cell === cells[0]), cells };
}

/** Joins shared stretches side by side: what two texts have in different columns may be the same after all. */
function withoutSeams(stretches: readonly Stretch[]): Stretch[] {
  const whole: Stretch[] = [];
  for (const stretch of stretches) {
    const last = whole.at(-1);
    if (last?.shared && stretch.shared) whole.splice(-1, 1, joined([last, stretch]));
    else whole.push(stretch);
  }
  return whole;
}
