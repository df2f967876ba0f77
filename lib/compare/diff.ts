import { diffArrays } from 'diff';
import { joinPieces, type Piece } from './words';

/** A stretch of one text as seen from a baseline. `was` is what the baseline has in that place; a gap's text is ''. */
export type Part =
  | { kind: 'same'; text: string }
  | { kind: 'added'; text: string }
  | { kind: 'replaced'; text: string; was: string }
  | { kind: 'missing'; text: string; was: string };

/**
 * The word-level difference of a text from a baseline. Both come back exactly: the joined `text`s are the text, and the
 * joined `was` (or `text`, where it is the same) are the baseline.
 *
 *     baseline 'the old red boat', text 'the new boat'
 *     →  same 'the' · replaced ' new' (was ' old red') · same ' boat'
 *
 * Over our own pieces, since jsdiff's diffWords loses the white space of one side (field/style.md 7.6).
 */
export function diffWords(baseline: readonly Piece[], text: readonly Piece[]): Part[] {
  const before = joinPieces(baseline);
  const after = joinPieces(text);
  if (before === after) return after === '' ? [] : [{ kind: 'same', text: after }];
  const parts: Part[] = [];
  let removed = '';
  for (const change of diffArrays(
    baseline.map((piece) => piece.text),
    text.map((piece) => piece.text),
  )) {
    const words = change.value.join('');
    if (change.removed) {
      removed += words;
      continue;
    }
    if (change.added)
      parts.push(removed === '' ? { kind: 'added', text: words } : { kind: 'replaced', text: words, was: removed });
    else {
      if (removed !== '') parts.push({ kind: 'missing', text: '', was: removed });
      parts.push({ kind: 'same', text: words });
    }
    removed = '';
  }
  if (removed !== '') parts.push({ kind: 'missing', text: '', was: removed });
  return parts;
}
