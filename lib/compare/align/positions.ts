import { differenceFrom } from './diff';
import { type EqualityMode, equalityModes, firstEqualMode, isTextMode, lettersOf } from './equality';
import { groupTexts, type RunText } from './groups';
import { isMarked, lengthInBase, type Mark } from './marks';
import { type Piece, splitWords } from './words';

/** What some texts have in a place; null for nothing. `letters` name those texts as groupTexts does. */
export type PositionVariant = { text: string | null; runs: number[]; letters: string[] };
/**
 * A place where not all texts agree: `from` up to `to` in UTF-16 units of the base text, the same where something is
 * only put in. `word` is the number, from 1, of the word that begins there, or would come next. `mode` is the first of the
 * text modes under which the variants, in their place, are equal: null if they differ in what they say.
 */
export type Position = {
  word: number;
  before: string;
  from: number;
  to: number;
  mode: EqualityMode | null;
  variants: PositionVariant[];
};

/** How texts differ from a base: parts of which the `text`s join to a text, and what they stand for to the base. */
export type DifferencesFrom = (base: readonly Piece[]) => (text: string) => readonly Mark[];

/** Works the differences out. The base is prepared once for all texts. */
export const alignedWith: DifferencesFrom = (base) => {
  const difference = differenceFrom(base);
  return (text) => difference(splitWords(text));
};

/** How many of the words before it a position shows. */
export const contextWords = 5;

/**
 * The table of positions of texts: every place where they do not all agree, in order, with what each run has there. The
 * base is the most common text; its own variant comes first, the others by how many runs have them.
 *
 *     'the old red boat' (runs 1, 2), 'the new boat' (run 3), 'the old red boat sank' (run 4)
 *     →  word 2, before 'the'               ' old red' A C (1, 2, 4) · ' new' B (3)
 *        word 5, before 'the old red boat'  nothing A B (1, 2, 3) · ' sank' C (4)
 *
 * Places of several texts that overlap or touch are one. A run's variants, put in place of what the base has from `from`
 * to `to`, give its text exactly. Each distinct text is compared with the base once; if its differences are known already,
 * `differencesFrom` gives them.
 */
export function findPositions(texts: readonly RunText[], differencesFrom = alignedWith): Position[] {
  const [base, ...others] = groupTexts(texts);
  if (!base) return [];
  const pieces = splitWords(base.text);
  const differences = differencesFrom(pieces);
  const alignedTexts: AlignedText[] = [
    { letter: base.letter, runs: base.runs, edits: [] },
    ...others.map(({ letter, runs, text }) => ({ letter, runs, edits: editsOf(differences(text)) })),
  ];
  const variants = alignedTexts.map((alignedText) => reader(base.text, alignedText));
  const context = contextOf(base.text, pieces);
  return places(alignedTexts.flatMap(({ edits }) => edits))
    .map((place) => {
      const found = collect(variants.map((read) => read(place)));
      return { ...context(place.from), ...place, mode: modeOf(base.text, place, found), variants: found };
    })
    .filter((position) => position.variants.length > 1);
}

const textModes = equalityModes.filter(isTextMode);
/** What is this near, in UTF-16 units, can change what a mark is: the '-' of '-5' is no punctuation. */
const vicinity = 32;

function modeOf(base: string, { from, to }: Place, variants: readonly PositionVariant[]): EqualityMode | null {
  // Most places differ in words, which is quickly found out.
  const letters = lettersOf(variants[0]?.text ?? '');
  if (variants.some(({ text }) => lettersOf(text ?? '') !== letters)) return null;
  const [before, after] = [base.slice(Math.max(0, from - vicinity), from), base.slice(to, to + vicinity)];
  return firstEqualMode(
    variants.map(({ text }) => before + (text ?? '') + after),
    {},
    textModes,
  );
}

type Place = { from: number; to: number };
type Edit = Place & { text: string };
type AlignedText = { letter: string; runs: number[]; edits: Edit[] };

/** What turns the base into a text, in order, as places in the base. */
function editsOf(parts: readonly Mark[]): Edit[] {
  const edits: Edit[] = [];
  let from = 0;
  for (const part of parts) {
    const to = from + lengthInBase(part);
    if (isMarked(part)) edits.push({ from, to, text: part.text });
    from = to;
  }
  return edits;
}

/** The places where anything is edited, in order; what overlaps or touches is one place. */
function places(edits: readonly Place[]): Place[] {
  const merged: Place[] = [];
  for (const { from, to } of edits.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

/** Reads a text at one place after another. The places come in order, so that no edit is looked at twice. */
function reader(base: string, { letter, runs, edits }: AlignedText): (place: Place) => PositionVariant {
  let next = 0;
  return ({ from, to }) => {
    let text = '';
    let at = from;
    for (let edit = edits[next]; edit && edit.from <= to; edit = edits[++next]) {
      text += base.slice(at, edit.from) + edit.text;
      at = edit.to;
    }
    text += base.slice(at, to);
    return { text: text === '' ? null : text, runs, letters: [letter] };
  };
}

/** Equal variants are one. The first is the base's and stays the first. */
function collect(variants: readonly PositionVariant[]): PositionVariant[] {
  const [first, ...rest] = [...Map.groupBy(variants, ({ text }) => text)].map(([text, those]) => ({
    text,
    runs: those.flatMap(({ runs }) => runs).sort((a, b) => a - b),
    letters: those.flatMap(({ letters }) => letters),
  }));
  if (!first) return [];
  return [first, ...rest.sort((a, b) => b.runs.length - a.runs.length || (a.runs[0] ?? 0) - (b.runs[0] ?? 0))];
}

/** Says which word is at a place in the base, and which words are before it. Call it with rising places. */
function contextOf(text: string, pieces: readonly Piece[]): (from: number) => Pick<Position, 'word' | 'before'> {
  const starts: number[] = [];
  let read = 0;
  let end = 0;
  return (from) => {
    for (let piece = pieces[read]; piece && end < from; piece = pieces[++read]) {
      if (piece.word) starts.push(end);
      end += piece.text.length;
    }
    const start = starts.at(-contextWords) ?? 0;
    return { word: starts.length + 1, before: text.slice(start, from).trimStart() };
  };
}
