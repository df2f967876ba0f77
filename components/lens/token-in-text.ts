import { useEffect } from 'react';
import type { TokenPaint } from '@/lib/palette';

/** A token in a run's text: offsets in UTF-16 units, and the colour that it has in the lens. */
export type TokenInText = { run: number; from: number; to: number; paint: TokenPaint };

/**
 * Paints tokens in the columns' texts, by the browser's own highlights: they change nothing of what is in the page. The first
 * token is brought into sight. `tokens` must be the same list for as long as they are the same tokens.
 */
export function useTokensInText(tokens: readonly TokenInText[]): void {
  // After each drawing, since it may have replaced the text that was painted.
  useEffect(() => {
    if (!('highlights' in CSS)) return;
    const byPaint = Map.groupBy(tokens, ({ paint }) => paint);
    for (const [paint, those] of byPaint) CSS.highlights.set(paint, new Highlight(...those.flatMap(findRange)));
    return () => {
      for (const paint of byPaint.keys()) CSS.highlights.delete(paint);
    };
  });
  useEffect(() => {
    const [range] = tokens.slice(0, 1).flatMap(findRange);
    if (range) bringIntoSight(range);
  }, [tokens]);
}

/** The column that shows a run: its own, or the card that it is folded into, which has the same text. */
function columnOf(run: number): Element | null {
  const own = document.getElementById(`column-${run}`);
  return own?.checkVisibility() ? own : document.querySelector(`[data-runs~="${run}"]`);
}

/** Where a token stands in its column; nothing where that is folded away or not drawn. */
function findRange({ run, from, to }: TokenInText): Range[] {
  const column = columnOf(run);
  for (const stretch of column?.querySelectorAll<HTMLElement>('[data-at]') ?? []) {
    const start = Number(stretch.dataset.at);
    const text = stretch.firstChild;
    if (!(text instanceof Text) || to <= start || from >= start + text.length) continue;
    const range = new Range();
    range.setStart(text, Math.max(0, from - start));
    range.setEnd(text, Math.min(text.length, to - start));
    // The space before a word belongs to its token, but is nothing to look at.
    const space = /^\s*/.exec(range.toString())?.[0].length ?? 0;
    range.setStart(text, Math.min(range.startOffset + space, range.endOffset));
    if (!range.collapsed) return [range];
  }
  return [];
}

/** Scrolls the column's text, the row of columns, and where the lens lies over it the page, no further than needed. */
function bringIntoSight(range: Range): void {
  const element = range.startContainer.parentElement;
  const box = element?.closest<HTMLElement>('[data-column-text]');
  const column = element?.closest<HTMLElement>('[id^="column-"]');
  if (!box || !column) return;
  const row = column.parentElement;
  const token = range.getBoundingClientRect();
  const { top, bottom } = box.getBoundingClientRect();
  if (token.top < top || token.bottom > bottom) box.scrollTop += token.top - (top + bottom) / 2;
  if (row) {
    const [inner, outer] = [column.getBoundingClientRect(), row.getBoundingClientRect()];
    if (inner.left < outer.left) row.scrollLeft += inner.left - outer.left;
    else if (inner.right > outer.right) row.scrollLeft += inner.right - outer.right;
  }
  const sheet = document.querySelector('[data-sheet]');
  if (!sheet || getComputedStyle(sheet).position !== 'fixed') return;
  const [here, foot] = [range.getBoundingClientRect(), sheet.getBoundingClientRect().top];
  if (here.top < 0 || here.bottom > foot) window.scrollBy({ top: here.top - foot / 2, behavior: 'instant' });
}
