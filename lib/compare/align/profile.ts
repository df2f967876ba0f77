import { alignWords, type Shared, WordIndex } from './lcs';
import { withoutIslands } from './readable';
import { type Piece, splitWords } from './words';

/** What texts have in one place, text by text; '' for nothing. `words` are the distinct ones, without white space. */
type ProfileColumn = { cells: string[]; words: Set<string>; word: boolean };

/** More texts than these are laid along the columns that these make. */
export const maxAligned = 40;
/** Lanes of the tables of all alignments together (lcs.ts): about half a second at worst. */
const maxLanes = 5e7;

/**
 * Texts in columns: a row for each text, in which its words stand, and in each column what stands in the same place. The
 * cells of a row join to its text exactly. Each text is aligned with all texts before it at once, where a place has the
 * words of all of them, so that what two texts have and the first has not is in one column as well. That is
 * progressive multiple alignment (Feng and Doolittle 1987; with several words in a place, Lee, Grasso and Sharlow 2002, but
 * in one line), as CollateX and TRAViz use it for versions of a text. The order matters: the text in the middle should be the
 * first, and each text come after the one that it is most like.
 *
 *     'the old boat', 'the boat sank', 'a red boat sank'
 *     →  the  old  boat
 *        the       boat  sank
 *        a    red  boat  sank
 *
 * Words are the same whatever white space stands before them. The first `maxAligned` texts make columns; any others are
 * laid along those, so that a thousand texts cost what a thousand alignments do.
 */
export function profileOf(texts: readonly string[]): readonly (readonly string[])[] {
  let columns: ProfileColumn[] = [];
  let index = new WordIndex();
  for (const [row, text] of texts.entries()) {
    const pieces = splitWords(text);
    if (row <= maxAligned) index = indexOf(columns);
    const shared = alignWords(index, pieces.map(wordIn), maxLanes / texts.length);
    const stretches = withoutIslands(columns, pieces, shared);
    if (row < maxAligned) columns = withRow(columns, pieces, stretches, row);
    else layAlong(columns, pieces, stretches, row);
  }
  return columns.map(({ cells }) => texts.map((_, row) => cells[row] ?? ''));
}

const wordIn = ({ text }: { text: string }): string => text.trim();

function indexOf(columns: readonly ProfileColumn[]): WordIndex {
  const index = new WordIndex();
  for (const { words } of columns) {
    const [first = '', ...others] = words;
    index.add(first, others);
  }
  return index;
}

/** Columns and pieces between two stretches that match. */
type Gap = { columns: ProfileColumn[]; pieces: readonly Piece[] };

/** A text against the columns, from start to end: stretches that match, each with the gap before it. */
function gapsBefore(
  columns: readonly ProfileColumn[],
  pieces: readonly Piece[],
  stretches: readonly Shared[],
): { gap: Gap; matched: Gap }[] {
  let [base, text] = [0, 0];
  return [...stretches, { base: columns.length, text: pieces.length, length: 0 }].map((stretch) => {
    const gap = { columns: columns.slice(base, stretch.base), pieces: pieces.slice(text, stretch.text) };
    [base, text] = [stretch.base + stretch.length, stretch.text + stretch.length];
    const matched = { columns: columns.slice(stretch.base, base), pieces: pieces.slice(stretch.text, text) };
    return { gap, matched };
  });
}

/** The columns with one more row. What matches nothing stands in the gap's columns, then in new ones. */
function withRow(
  columns: readonly ProfileColumn[],
  pieces: readonly Piece[],
  stretches: readonly Shared[],
  row: number,
): ProfileColumn[] {
  return gapsBefore(columns, pieces, stretches).flatMap(({ gap, matched }) => {
    const added = gap.pieces
      .slice(gap.columns.length)
      .map(({ word }): ProfileColumn => ({ cells: [], words: new Set(), word }));
    const all = [...gap.columns, ...added, ...matched.columns];
    const filled = [...gap.columns, ...added].slice(0, gap.pieces.length);
    for (const [at, column] of [...filled, ...matched.columns].entries())
      fill(column, row, [...gap.pieces, ...matched.pieces][at]);
    return all;
  });
}

function fill({ cells, words }: ProfileColumn, row: number, piece: Piece | undefined): void {
  if (!piece) return;
  cells[row] = piece.text;
  words.add(wordIn(piece));
}

/** A row in columns that stay as they are: what has no column of its own goes to the one before it. */
function layAlong(
  columns: readonly ProfileColumn[],
  pieces: readonly Piece[],
  stretches: readonly Shared[],
  row: number,
): void {
  let last = columns[0];
  const put = (column: ProfileColumn | undefined, { text }: Piece): void => {
    last = column ?? last;
    if (last) last.cells[row] = (last.cells[row] ?? '') + text;
  };
  for (const { gap, matched } of gapsBefore(columns, pieces, stretches))
    for (const part of [gap, matched]) for (const [at, piece] of part.pieces.entries()) put(part.columns[at], piece);
}
