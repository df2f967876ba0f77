import { groupTexts, type RunText } from './groups';
import { type DifferencesFrom, findPositions, type Position } from './positions';
import { splitWords } from './words';

/** Words that all texts have in one place. `word` is the number, from 1, of the first of them in the base text. */
type Shared = { kind: 'shared'; from: number; word: number; words: number; text: string };
export type Segment = Shared | ({ kind: 'position' } & Position);
export type AlignedText = { letter: string; runs: number[] };
/** Distinct texts, the most common first, cut at the same places. */
export type Alignment = { alignedTexts: AlignedText[]; segments: Segment[] };

/**
 * All texts side by side: the positions where they differ, with what all share between them, in order. The shared
 * segments together with one run's variant at each position are that run's text, exactly. Drawn as a graph, it is that of
 * variants, where texts that part join again; drawn as a table, it is the alignment.
 *
 *     'the old red boat' (runs 1, 2), 'the new boat' (run 3)
 *     →  A (1, 2), B (3);  shared 'the' · position ' old red' A | ' new' B · shared ' boat'
 *
 * It costs as much as `findPositions`, and reuses known differences in the same way. Without texts it is empty.
 */
export function alignTexts(texts: readonly RunText[], differencesFrom?: DifferencesFrom): Alignment {
  const groups = groupTexts(texts);
  const base = groups[0]?.text ?? '';
  const wordsUpTo = counter(base);
  const segments: Segment[] = [];
  let at = 0;
  const share = (to: number): void => {
    const before = wordsUpTo(at);
    if (to > at)
      segments.push({
        kind: 'shared',
        from: at,
        word: before + 1,
        words: wordsUpTo(to) - before,
        text: base.slice(at, to),
      });
  };
  for (const position of findPositions(texts, differencesFrom)) {
    share(position.from);
    segments.push({ kind: 'position', ...position });
    at = position.to;
  }
  share(base.length);
  return { alignedTexts: groups.map(({ letter, runs }) => ({ letter, runs })), segments };
}

/** Counts the words of a text before a place between two of its pieces. Call it with rising places. */
function counter(text: string): (place: number) => number {
  const pieces = splitWords(text);
  let [read, end, words] = [0, 0, 0];
  return (place) => {
    for (let piece = pieces[read]; piece && end < place; piece = pieces[++read]) {
      end += piece.text.length;
      if (piece.word) words++;
    }
    return words;
  };
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
